import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig, type SourceInstance } from '#services/sources/define_config'
import { ListSources } from '#services/sources/list_sources'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { RegisterSources } from '#services/sources/register_sources'
import { SourceTable } from '#services/sources/source_table'
import { acmePlugin } from '../../unit/sources/acme.js'

const NOW = new Date('2026-11-22T06:00:00.000Z')
const TOKEN = 'tok-s3cr3t-99'
const CONFIGURED = { baseUrl: 'https://nms.example.org', token: TOKEN }

function acme(name: string, rank: number, settings: SourceInstance['settings'] = {}): SourceInstance {
  return { name, plugin: 'acme', rank, settings }
}

function sourcesOf(...instances: SourceInstance[]) {
  const registry = new PluginRegistry()
  registry.register('acme', async () => acmePlugin())
  const sources = new ConfiguredSources(
    defineConfig({
      requestsPerSecond: 10,
      isSimulated: false,
      schedule: { isEnabled: true, intervalHours: 6 },
      instances,
    }),
    registry
  )
  return {
    register: () => new RegisterSources(sources).handle(NOW),
    list: () => new ListSources(sources, registry, new SourceTable()).handle(NOW),
  }
}

async function storedSources(...names: string[]) {
  const rows = await db.from('sources').whereIn('name', names).orderBy('name').select('name', 'rank', 'enabled')
  return rows.map(({ name, rank, enabled }) => ({ name, rank, enabled: Boolean(enabled) }))
}

test.group('Sources in the database', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('are written once, follow the configuration and are never deleted', async ({ assert }) => {
    await sourcesOf(acme('acme-a', 10), acme('acme-b', 20)).register()
    await sourcesOf(acme('acme-a', 15)).register()
    await sourcesOf(acme('acme-a', 15)).register()

    assert.deepEqual(await storedSources('acme-a', 'acme-b'), [
      { name: 'acme-a', rank: 15, enabled: true },
      { name: 'acme-b', rank: 20, enabled: false },
    ])
  })

  test('are listed by rank with health, settings and without secrets', async ({ assert }) => {
    const sources = sourcesOf(acme('acme-b', 20), acme('acme-a', 10, CONFIGURED))
    await sources.register()
    await db.from('sources').where('name', 'acme-a').update({ health: 'unreachable', health_message: 'refused' })

    const [first, second] = await sources.list()

    assert.deepInclude(first, {
      name: 'acme-a',
      label: 'Acme NMS',
      isConfigured: true,
      health: 'unreachable',
      healthMessage: 'refused',
      devices: 0,
      lastRun: null,
      nextRunAt: NOW.toISOString(),
    })
    assert.deepEqual(first?.settings, { baseUrl: CONFIGURED.baseUrl, token: { set: true }, caFile: null })
    assert.deepInclude(second, { name: 'acme-b', isConfigured: false, health: 'not_configured', nextRunAt: null })
    assert.notInclude(JSON.stringify([first, second]), TOKEN)
  })

  test('show faults of their settings before anybody asks them', async ({ assert }) => {
    const [source] = await sourcesOf(acme('acme-a', 10, { baseUrl: CONFIGURED.baseUrl })).list()

    assert.equal(source?.health, 'misconfigured')
    assert.include(source?.healthMessage, 'ACME_API_TOKEN is not set')
  })

  test('know their last run and when the next one is due', async ({ assert }) => {
    const sources = sourcesOf(acme('acme-a', 10, CONFIGURED))
    await sources.register()
    const { id } = await db.from('sources').where('name', 'acme-a').firstOrFail()
    for (const status of ['failed', 'completed']) {
      await db.table('sync_runs').insert({
        source_id: id,
        source: 'acme-a',
        trigger: 'manual',
        status,
        errors: '[]',
        queued_at: '2026-11-22T05:00:00.000Z',
        completed_at: '2026-11-22T05:01:00.000Z',
      })
    }

    const [source] = await sources.list()

    assert.deepInclude(source?.lastRun, { status: 'completed', completedAt: '2026-11-22T05:01:00.000Z' })
    assert.equal(source?.nextRunAt, '2026-11-22T11:00:00.000Z')
  })
})
