import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { EditAsset } from '#services/inventory/edit_asset'
import { FindChangeSet } from '#services/inventory/list_changes'
import { StartUndo } from '#services/inventory/start_undo'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { CancelRun } from '#services/sync/cancel_run'
import { FindRun } from '#services/sync/find_run'
import { PERSON } from '#tests/helpers/decide'
import { dieAt } from '#tests/helpers/dying_worker'
import { devices } from '#tests/helpers/world_in_app'
import { countStatements } from '#tests/helpers/statement_counter'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'
import { latestSet } from '#tests/helpers/world_facts'

const COUNT = 23

test.group('The undo of a large change set', (group) => {
  const world = eachWithWorld(group)

  /** A run that gave many devices another firmware. Answers its change set. */
  async function withRun(): Promise<number> {
    await world.current.reads('alpha', devices(COUNT, { firmware: 'old' }))
    await world.current.reads('alpha', devices(COUNT, { firmware: 'new' }))
    return latestSet()
  }

  /** Leaves the undo to a worker. */
  async function queued(changeSetId: number) {
    const started = await new StartUndo(new UndoChangeSet()).handle([changeSetId], PERSON, { mostAtOnce: 1 })
    if (!started.isQueued) {
      throw new Error('it was not queued')
    }
    return { runId: started.runId, setId: started.changeSetIds[0]! }
  }

  const firmware = async () => new Set((await world.current.assets()).map((asset) => asset.firmware_version))
  const find = (id: number) => new FindChangeSet().handle(id)

  test('is queued, and a worker takes it back for good', async ({ assert }) => {
    const changeSetId = await withRun()

    const { runId, setId } = await queued(changeSetId)

    assert.containsSubset(await find(setId), { status: 'queued', progress: { done: 0, total: COUNT }, changes: 0 })
    assert.isNull((await find(changeSetId)).undoneById)
    await world.current.work(runId)
    assert.containsSubset(await find(setId), {
      status: 'completed',
      progress: { done: COUNT, total: COUNT },
      changes: COUNT,
      undoesId: changeSetId,
      conflicts: [],
    })
    assert.equal((await find(changeSetId)).undoneById, setId)
    assert.containsSubset(await new FindRun().handle(runId), { source: 'undo', status: 'completed', updated: COUNT })
    assert.deepEqual(await firmware(), new Set(['old']))
    assert.equal((await world.current.sync('alpha')).updated, 0)
    await new UndoChangeSet().handle(setId, PERSON)
    assert.deepEqual(await firmware(), new Set(['new']))
  })

  test('is previewed part by part with the same outcome, and nothing of it is written', async ({ assert }) => {
    const changeSetId = await withRun()
    const [first] = await world.current.assets()
    await new EditAsset().handle(Number(first!.id), { firmwareVersion: 'by hand' }, PERSON)
    const before = await db.from('assets').orderBy('id')
    const undo = new StartUndo(new UndoChangeSet())

    const atOnce = await undo.handle([changeSetId], PERSON, { dryRun: true })
    const statements = await countStatements(async () => {
      const inParts = await undo.handle([changeSetId], PERSON, { dryRun: true, mostAtOnce: 1, partSize: 4 })
      assert.deepEqual(inParts, atOnce)
    })

    const transactions = statements.filter((sql) => sql.startsWith('update write_clock'))
    assert.lengthOf(transactions, Math.ceil(COUNT / 4) + 1)
    assert.deepEqual(await db.from('assets').orderBy('id'), before)
    assert.lengthOf(await db.from('change_sets').where('kind', 'undo'), 0)
    assert.lengthOf(await db.from('sync_runs').where('mode', 'undo'), 0)
  })

  test('keeps what people changed since, and lists it', async ({ assert }) => {
    const changeSetId = await withRun()
    const [first] = await world.current.assets()
    await new EditAsset().handle(Number(first!.id), { firmwareVersion: 'by hand' }, PERSON)

    const { runId, setId } = await queued(changeSetId)
    await world.current.work(runId)

    const { conflicts, changes } = await find(setId)
    assert.equal(changes, COUNT - 1)
    assert.deepEqual(conflicts, [
      { assetId: Number(first!.id), fields: ['firmware_version'], reason: 'somebody changed it since' },
    ])
    assert.equal((await new FindRun().handle(runId)).skipped, 1)
  })

  test('goes on behind the part in which its worker died, and takes nothing back twice')
    .with([3, 20, 45, 70, 95])
    .run(async ({ assert }, statement) => {
      const changeSetId = await withRun()
      const { runId, setId } = await queued(changeSetId)

      world.current.undoPart = 5
      await dieAt(world.current, runId, statement)
      const between = await find(setId)
      await world.current.work(runId)

      assert.equal(between.status, 'running')
      assert.isBelow(between.changes, COUNT)
      assert.equal(between.changes, between.progress?.done)
      assert.containsSubset(await find(setId), { status: 'completed', changes: COUNT, conflicts: [] })
      const entries = await db.from('changes').where('change_set_id', setId)
      assert.equal(new Set(entries.map((entry) => entry.asset_id)).size, COUNT)
      assert.deepEqual(await firmware(), new Set(['old']))
      assert.equal((await world.current.sync('alpha')).updated, 0)
    })

  test('is not begun twice, and is not taken back before it ended', async ({ assert }) => {
    const changeSetId = await withRun()
    const first = await queued(changeSetId)

    assert.deepEqual(await queued(changeSetId), first)
    await assert.rejects(() => new UndoChangeSet().handle(first.setId, PERSON), /still being made/)
    assert.lengthOf(await db.from('sync_runs').where('mode', 'undo'), 1)
  })

  test('stops when it is cancelled; asked again, it takes back the rest', async ({ assert }) => {
    const changeSetId = await withRun()
    const { runId, setId } = await queued(changeSetId)
    world.current.undoPart = 5
    await dieAt(world.current, runId, 45)
    await new CancelRun().handle(runId, PERSON)
    const { status, changes } = await find(setId)
    assert.equal(status, 'cancelled')
    assert.isNull((await find(changeSetId)).undoneById)

    const again = await queued(changeSetId)
    await world.current.work(again.runId)

    assert.containsSubset(await find(again.setId), { status: 'completed', changes: COUNT - changes, conflicts: [] })
    assert.deepEqual(await firmware(), new Set(['old']))
  })

  test('takes a first import away again, serials and all', async ({ assert }) => {
    await world.current.reads('alpha', devices(COUNT))
    const changeSetId = await latestSet()

    const { runId } = await queued(changeSetId)
    await world.current.work(runId)

    assert.lengthOf(await world.current.assets(), 0)
    assert.equal((await world.current.sync('alpha')).created, 0)
  })
})
