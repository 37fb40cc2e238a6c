import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Settings } from 'luxon'
import { PlanHashDiffers, PlanNotWaiting } from '#core/reconcile/errors'
import { EditAsset } from '#services/inventory/edit_asset'
import { FindPlan } from '#services/sync/find_plan'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const PERSON = { userId: null, name: 'ada' }

const devices = (count: number, more: Partial<Device> = {}): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    ...more,
  }))

test.group('Plan and apply', (group) => {
  const world = eachWithWorld(group)

  /** Every row of every table but those of runs, plans and who asked for them, and what a plan staged. */
  const inventory = async (): Promise<Record<string, unknown[]>> => {
    const rows: Record<string, unknown[]> = {}
    for (const table of await db.connection().getAllTables(['public'])) {
      if (
        !/^(sync_runs|run_|plan_rows|observation|source_records|leases|write_clock|adonis_|assets_fts|sqlite_|audit_)/.test(
          table
        )
      ) {
        rows[table] = (await db.from(table)).map((row) => JSON.stringify(row)).sort()
      }
    }
    const stored = db.from('source_records').whereNotNull('observation_id')
    return { ...rows, source_records: await stored.orderBy('id') }
  }

  test('41: a plan that would learn, ask and mark missing touches nothing else', async ({ assert }) => {
    await world.current.reads('alpha', devices(40))
    await world.current.reads('beta', [{ id: '10.0.0.1', hostname: 'a', serial: 'OLD00001' }])
    const before = await inventory()

    const junk = Array.from({ length: 12 }, (_, index) => ({
      id: `j${index}`,
      hostname: `j-${index}`,
      serial: 'ABC00001',
    }))
    world.current.says('alpha', [{ id: '0', hostname: 'host-0', serial: 'OTHER001' }, ...devices(39).slice(1), ...junk])
    await world.current.plan('alpha')
    world.current.says('beta', [{ id: '10.0.0.1', hostname: 'b', serial: 'NEW00001' }])
    await world.current.plan('beta')

    const { source_records: records, ...after } = await inventory()
    const { source_records: known, ...others } = before
    assert.deepEqual(after, others)
    assert.deepEqual(records, known)
  })

  test('41: a plan shows what would change and touches nothing else', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    const before = await inventory()

    world.current.says('alpha', [...devices(5, { model: 'new' }), { id: '9', hostname: 'tenth', serial: 'SERIAL9999' }])
    const plan = await world.current.plan('alpha')

    assert.equal(plan.status, 'planned')
    assert.deepEqual(plan.counts, { create: 1, update: 5 })
    const after = await inventory()
    assert.deepEqual(after, before)
    assert.includeMembers(Object.keys(after), ['assets', 'asset_identifiers', 'changes', 'pins', 'identifier_denylist'])
    const rows = await new FindPlan().rows(plan.id, 0, 100)
    assert.containsSubset(rows[0], { action: 'create', after: { hostname: 'tenth' }, outcome: 'planned' })
    assert.containsSubset(rows[1], { action: 'update', before: { model: null }, after: { model: 'new' } })
  })

  test('applying writes exactly the planned rows, without asking the source', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    world.current.says('alpha', devices(5, { model: 'new' }))
    const plan = await world.current.plan('alpha')
    world.current.says('alpha', devices(5, { model: 'newer still' }))

    const { run, changeSetId } = await world.current.apply(plan)

    assert.containsSubset(run, { status: 'completed', updated: 5, created: 0 })
    assert.isTrue((await world.current.assets()).every((asset) => asset.model === 'new'))
    assert.lengthOf(await db.from('changes').where('change_set_id', changeSetId), 5)
    assert.containsSubset(await new FindPlan().handle(plan.id), { status: 'completed', counts: { applied: 5 } })
  })

  test('only ticked rows are applied, and the rest is planned again', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    world.current.says('alpha', devices(5, { model: 'new' }))
    const plan = await world.current.plan('alpha')

    const { run } = await world.current.apply(plan, [1, 2])

    assert.equal(run.updated, 2)
    const models = (await world.current.assets()).map((asset) => asset.model)
    assert.deepEqual(models, ['new', 'new', null, null, null])
    const again = await world.current.plan('alpha')
    assert.deepEqual(again.counts, { update: 3 })
  })

  test('42: an asset that a person edits between plan and apply is left alone', async ({ assert }) => {
    await world.current.reads('alpha', devices(3))
    world.current.says('alpha', devices(3, { model: 'new' }))
    const plan = await world.current.plan('alpha')
    const [first] = await world.current.assets()
    await new EditAsset().handle(Number(first!.id), { notes: 'mine' }, PERSON)

    const { run } = await world.current.apply(plan)

    assert.equal(run.updated, 2)
    assert.containsSubset((await world.current.assets())[0], { notes: 'mine', model: null })
    assert.containsSubset(await new FindPlan().handle(plan.id), { counts: { applied: 2, stale: 1 } })
    const next = await world.current.sync('alpha')
    assert.equal(next.updated, 1)
  })

  test('43: a wrong hash is refused and writes nothing', async ({ assert }) => {
    await world.current.reads('alpha', devices(3))
    world.current.says('alpha', devices(3, { model: 'new' }))
    const plan = await world.current.plan('alpha')
    const before = await inventory()

    await assert.rejects(() => world.current.apply({ ...plan, planHash: 'no' }), PlanHashDiffers)

    assert.deepEqual(await inventory(), before)
    assert.equal((await new FindPlan().handle(plan.id)).status, 'planned')
  })

  test('43: the hash of an older plan is refused and writes nothing', async ({ assert }) => {
    await world.current.reads('alpha', devices(3))
    world.current.says('alpha', devices(3, { model: 'new' }))
    const older = await world.current.plan('alpha')
    world.current.says('alpha', devices(3, { model: 'newer' }))
    const plan = await world.current.plan('alpha')
    const before = await inventory()

    const withOldHash = { ...plan, planHash: older.planHash }
    await assert.rejects(() => world.current.apply(withOldHash), PlanHashDiffers)

    assert.deepEqual(await inventory(), before)
  })

  test('a plan is applied once, and a newer run takes its place', async ({ assert }) => {
    await world.current.reads('alpha', devices(3))
    world.current.says('alpha', devices(3, { model: 'new' }))
    const first = await world.current.plan('alpha')
    const second = await world.current.plan('alpha')
    assert.equal((await new FindPlan().handle(first.id)).status, 'expired')
    await assert.rejects(() => world.current.apply(first), PlanNotWaiting)

    await world.current.apply(second)
    await assert.rejects(() => world.current.apply(second), PlanNotWaiting)
  })

  test('the same plan has the same hash', async ({ assert }) => {
    await world.current.reads('alpha', devices(3))
    world.current.says('alpha', devices(3, { model: 'new' }))
    const first = await world.current.plan('alpha')
    const second = await world.current.plan('alpha')

    assert.equal(first.planHash, second.planHash)
  })
})

test.group('Guards that wait for approval', (group) => {
  const world = eachWithWorld(group)
  group.each.teardown(() => {
    Settings.now = () => Date.now()
  })

  test('23: a rebuilt source with new keys and the same serials relinks after one approval', async ({ assert }) => {
    await world.current.reads('alpha', devices(40))
    const rebuilt = devices(40).map((device) => ({ ...device, id: `new-${device.id}` }))

    const run = await world.current.reads('alpha', rebuilt)

    assert.equal(run.status, 'awaiting_approval')
    assert.lengthOf(await world.current.assets(), 40)
    const plan = await new FindPlan().handle(run.id)
    assert.include(
      plan.guards.map(({ guard }) => guard),
      'renumber'
    )
    assert.deepEqual(plan.counts, {})

    const before = await world.current.assets()
    const applied = await world.current.apply(plan)
    assert.deepEqual([applied.run.status, applied.run.created], ['completed', 0])
    for (const days of [0, 1, 3]) {
      const then = Date.now() + days * 24 * 60 * 60 * 1000
      Settings.now = () => then
      const again = await world.current.sync('alpha')
      assert.deepEqual([again.status, again.created, again.updated], ['completed', 0, 0])
    }
    const after = await world.current.assets()
    assert.deepEqual(
      after.map(({ id, presence }) => [id, presence]),
      before.map(({ id }) => [id, 'present'])
    )
    const fresh = await db.from('source_records').where('native_id', 'like', 'new-%').orderBy('asset_id')
    assert.deepEqual(
      fresh.map((record) => record.asset_id),
      before.map(({ id }) => id)
    )
  })

  test('a source that renames a fifth of its devices is stopped; its own firmware moving on is not', async ({
    assert,
  }) => {
    await world.current.reads('alpha', devices(40, { firmware: '1' }))
    const moved = await world.current.reads('alpha', devices(40, { firmware: '2' }))
    assert.equal(moved.status, 'completed')

    const renamed = devices(40, { firmware: '2' }).map((device) => ({ ...device, hostname: `x-${device.hostname}` }))
    const run = await world.current.reads('alpha', renamed)

    assert.equal(run.status, 'awaiting_approval')
    assert.include(run.errors[0], 'would replace the hostname of 40 of 40 devices')
    assert.equal((await world.current.assets())[0]!.hostname, 'host-0')
  })

  test('a flood of new devices is stopped, but not on the first run', async ({ assert }) => {
    const first = await world.current.reads('alpha', devices(150))
    assert.equal(first.status, 'completed')

    const run = await world.current.reads('alpha', devices(300))

    assert.equal(run.status, 'awaiting_approval')
    assert.include(run.errors[0], 'would add 150 devices')
  })
})
