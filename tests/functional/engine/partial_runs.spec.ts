import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const devices = (count: number, more: Partial<Device> = {}): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    ...more,
  }))

test.group('A reading of what changed only', (group) => {
  const world = eachWithWorld(group)

  test('57: twelve changes of many stage twelve rows, and nothing is missing', async ({ assert }) => {
    await world.current.reads('alpha', devices(400, { model: 'old' }))

    const run = await world.current.reads('alpha', devices(12, { model: 'new' }), {
      final: { coverage: 'partial', reason: 'Only what changed was listed' },
    })

    assert.deepEqual([run.status, run.created, run.updated, run.missing], ['completed', 0, 12, 0])
    assert.lengthOf(await db.from('observations').where('run_id', run.id), 12)
    assert.lengthOf(await db.from('source_records').where('missed_runs', '>', 0), 0)
    assert.lengthOf(await db.from('assets').where('presence', 'present'), 400)
  })
})
