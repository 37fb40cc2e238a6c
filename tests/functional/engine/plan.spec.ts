import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
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

  const inventory = async () => ({
    assets: await db.from('assets').orderBy('id'),
    identifiers: await db.from('asset_identifiers').orderBy(['asset_id', 'kind', 'value']),
    changes: await db.from('changes').orderBy('id'),
    records: await db.from('source_records').orderBy('id').select('id', 'asset_id', 'link_state', 'content_hash'),
    reviews: await db.from('reviews').orderBy('id'),
  })

  test('41: a plan shows what would change and touches nothing else', async ({ assert }) => {
    await world.current.reads('alpha', devices(5))
    const before = await inventory()

    world.current.says('alpha', [...devices(5, { model: 'new' }), { id: '9', hostname: 'tenth', serial: 'SERIAL9999' }])
    const plan = await world.current.plan('alpha')

    assert.equal(plan.status, 'planned')
    assert.deepEqual(plan.counts, { create: 1, update: 5 })
    const after = await inventory()
    assert.deepEqual({ ...after, records: after.records.slice(0, 5) }, before)
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
    assert.notProperty(plan.counts, 'create')

    const applied = await world.current.apply(plan)
    assert.deepEqual([applied.run.status, applied.run.created], ['completed', 0])
    assert.lengthOf(await world.current.assets(), 40)
    assert.isTrue((await world.current.assets()).every((asset) => asset.presence === 'present'))
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
