import { test } from '@japa/runner'
import { type SourceView } from '#services/sources/list_sources'
import { toSourceCard } from '#transformers/console/source_card'

const SOURCE: SourceView = {
  name: 'alpha',
  label: 'Alpha',
  plugin: 'alpha',
  rank: 10,
  isEnabled: true,
  isConfigured: true,
  isSimulated: false,
  health: 'ok',
  healthMessage: null,
  healthSince: null,
  lastRun: { id: 7, status: 'completed', queuedAt: '2026-11-22T06:00:00Z', completedAt: '2026-11-22T06:01:00Z' },
  lastCompletedAt: '2026-11-22T06:01:00Z',
  nextRunAt: null,
  devices: 1214,
  settings: {},
}

test.group('The card of a source', () => {
  test('counts members too, and says so: a run counts devices', ({ assert }) => {
    assert.deepInclude(toSourceCard(SOURCE).pairs, { label: 'Devices and members', text: '1,214' })
  })

  test('dates a run by its end, as the last good one; one under way by its beginning', ({ assert }) => {
    const lastRun = { ...SOURCE.lastRun!, completedAt: null }
    const at = (source: SourceView) => toSourceCard(source).pairs.find(({ label }) => label === 'Last run')?.at

    assert.equal(at(SOURCE), SOURCE.lastCompletedAt)
    assert.equal(at({ ...SOURCE, lastRun }), lastRun.queuedAt)
  })
})
