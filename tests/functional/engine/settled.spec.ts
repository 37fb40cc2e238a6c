import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { StartUndo } from '#services/inventory/start_undo'
import { UndoRun } from '#services/inventory/undo_run'
import { PERSON } from '#tests/helpers/decide'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

/** Worlds that random ones came upon: what a run decided, the same again must decide too. */
test.group('A run decides by what its records say, not by what their items were', (group) => {
  const world = eachWithWorld(group)

  async function again() {
    const run = await world.current.sync('alpha')
    return [run.created, run.updated]
  }
  const stateOf = async (id: string) => {
    const rows = await db.from('source_records').where('native_id', id).orderBy('id').select('link_state', 'asset_id')
    return rows.map((row) => [row.link_state, row.asset_id])
  }

  test('a serial that a device no longer reports contradicts nobody', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00003' }])
    const [asset] = await world.current.assets()

    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', base: '00:1b:21:00:00:03' },
      { id: '4', hostname: 'a', serial: 'SER00001', base: '00:1b:21:00:00:03' },
    ])

    assert.deepEqual(await stateOf('4'), [['linked', asset!.id]])
    assert.deepEqual(await again(), [0, 0])
  })

  test('an address that a device has at a port now joins nobody as its base', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', base: '00:1b:21:00:00:04' }])

    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', macs: ['00:1b:21:00:00:04'] },
      { id: '4', hostname: 'b', serial: 'SER00001', base: '00:1b:21:00:00:04' },
    ])

    assert.lengthOf(await world.current.assets(), 2)
    assert.deepEqual(await again(), [0, 0])
  })

  test('items that turn out to share an address are asked about, and hold no device that is of one of them', async ({
    assert,
  }) => {
    await world.current.reads('beta', [{ id: '1', hostname: 'a', base: '00:1b:21:00:00:04' }])
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001' }])

    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', serial: 'SER00001', macs: ['00:1b:21:00:00:04'] },
      { id: '5', hostname: 'a', serial: 'SER00001' },
    ])

    const [, known] = await world.current.assets()
    assert.deepEqual(await stateOf('5'), [['linked', known!.id]])
    assert.include(
      (await world.current.reviews()).map(({ kind }) => kind),
      'merge_candidate'
    )
    assert.deepEqual(await again(), [0, 0])
  })

  test('an address that two items had comes back to both, and gives way when their source speaks again', async ({
    assert,
  }) => {
    const shared = { base: '00:1b:21:00:00:02' }
    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', serial: 'SER00001', ...shared },
      { id: '3', hostname: 'b', serial: 'SER00002', ...shared },
    ])
    const macs = async () => (await world.current.assets()).map((asset) => asset.mac_address)
    const run = await world.current.reads('alpha', [
      { id: '1', hostname: 'a', serial: 'SER00001' },
      { id: '3', hostname: 'b', serial: 'SER00002' },
    ])
    assert.deepEqual(await macs(), [null, null])

    await new UndoRun(new StartUndo(new UndoChangeSet())).handle(run.id, PERSON)
    assert.deepEqual(await macs(), ['001b21000002', '001b21000002'])
    assert.deepEqual(await again(), [0, 0])

    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', serial: 'SER00001', base: '00:1b:21:00:00:07' },
      { id: '3', hostname: 'b', serial: 'SER00002' },
    ])
    assert.deepEqual(await macs(), ['001b21000007', '001b21000002'])
  })
})
