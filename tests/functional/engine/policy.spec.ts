import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Settings } from 'luxon'
import { ExplainAsset } from '#services/inventory/explain_asset'
import { PinField } from '#services/inventory/pin_field'
import { RegisterSources } from '#services/sources/register_sources'
import { ReplanPolicy } from '#services/sync/replan_policy'
import { type Device, EngineWorld } from '#tests/helpers/engine_world'
import { PERSON, undo } from '#tests/helpers/decide'
import { inventory } from '#tests/helpers/inventory'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const DAY_MS = 24 * 60 * 60 * 1000

const devices = (count: number, more: Partial<Device> = {}): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    ...more,
  }))

const policyOf = (world: EngineWorld) => new ReplanPolicy(new RegisterSources(world.sources))

const onDay = (day: number) => {
  const then = Date.now() + day * DAY_MS
  Settings.now = () => then
}

test.group('Claims of what a source lists no more', (group) => {
  const world = eachWithWorld(group)
  group.each.teardown(() => {
    Settings.now = () => Date.now()
  })

  const model = async () => (await world.current.assets()).at(-1)!.model

  const both = async () => {
    await world.current.reads('alpha', devices(4, { model: 'A' }))
    await world.current.reads('beta', devices(4, { model: 'B' }))
  }

  test('35: absent for longer than the time of release, a claim gives way, and comes back with its device', async ({
    assert,
  }) => {
    await both()
    onDay(1)
    await world.current.reads('alpha', devices(3, { model: 'A' }))
    onDay(20)
    await world.current.sync('alpha')
    assert.equal(await model(), 'A')

    onDay(32)
    const run = await world.current.sync('alpha')

    assert.equal(run.updated, 1)
    assert.equal(await model(), 'B')
    onDay(40)
    assert.equal((await world.current.sync('alpha')).updated, 0)
    onDay(41)
    await world.current.reads('alpha', devices(4, { model: 'A' }))
    assert.equal(await model(), 'A')
  })

  test('51: the asset stays active and present, and the explanation says why its value changed', async ({ assert }) => {
    await both()
    for (const day of [1, 2, 33]) {
      onDay(day)
      await world.current.reads('alpha', devices(3, { model: 'A' }))
      await world.current.sync('beta')
    }

    const asset = (await world.current.assets()).at(-1)!
    assert.containsSubset(asset, { model: 'B', presence: 'present' })
    const fields = await new ExplainAsset().handle(Number(asset.id))
    const claims = fields.find((field) => field.field === 'model')!.claims
    assert.containsSubset(claims, [
      { source: 'beta', used: true },
      { source: 'alpha', used: false, presence: 'missing', why: 'alpha has not listed the device for too long' },
    ])
  })

  test('35: the last claim for a field stays, however long its record is absent', async ({ assert }) => {
    await world.current.reads('alpha', devices(4, { model: 'A' }))
    await world.current.reads('beta', devices(4))
    for (const day of [1, 2, 33, 90]) {
      onDay(day)
      await world.current.reads('alpha', devices(3, { model: 'A' }))
    }

    assert.equal(await model(), 'A')
  })

  test('a pin until a date gives way at the first run after it', async ({ assert }) => {
    await world.current.reads('alpha', devices(1, { model: 'A' }))
    const id = Number((await world.current.assets())[0]!.id)
    const untilAt = new Date(Date.now() + 2 * DAY_MS).toISOString()
    await new PinField().handle(id, { field: 'model', value: 'mine', until: 'date', untilAt }, PERSON)
    onDay(1)
    await world.current.sync('alpha')
    assert.equal(await model(), 'mine')

    onDay(3)
    await world.current.sync('alpha')

    assert.equal(await model(), 'A')
  })

  test('59: missing and back after 29 days, it is the same asset with one history', async ({ assert }) => {
    await world.current.reads('alpha', devices(4, { model: 'A' }))
    const before = await inventory()
    for (const day of [1, 2, 4, 10]) {
      onDay(day)
      await world.current.reads('alpha', devices(3, { model: 'A' }))
    }
    assert.equal((await world.current.assets()).at(-1)!.presence, 'missing')

    onDay(29)
    const run = await world.current.reads('alpha', devices(4, { model: 'A' }))

    assert.deepEqual([run.created, run.updated], [0, 1])
    assert.deepEqual(await inventory(), before)
    const last = before.assets.at(-1)!
    const actions = await db.from('changes').where('asset_id', last.id).orderBy('id').select('action')
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['create', 'missing', 'return']
    )
  })
})

test.group('A change of ranks', (group) => {
  const world = eachWithWorld(group)

  const swapped = () => new EngineWorld({ alpha: 20, beta: 10 })
  const both = async () => {
    await world.current.reads('alpha', devices(3, { model: 'A', vendor: 'A' }))
    await world.current.reads('beta', devices(2, { model: 'B' }))
  }
  const models = async () => (await world.current.assets()).map((asset) => asset.model)

  test('36: decides every asset anew in one change set, and no source is asked', async ({ assert }) => {
    await both()
    const runs = (await db.from('sync_runs')).length

    const outcome = await policyOf(swapped()).handle(PERSON)

    assert.equal(outcome.updated, 2)
    assert.deepEqual(await models(), ['B', 'B', 'A'])
    assert.deepEqual(
      (await world.current.assets()).map((asset) => asset.vendor),
      ['A', 'A', 'A']
    )
    assert.lengthOf(await db.from('sync_runs'), runs)
    assert.containsSubset(await db.from('change_sets').where('id', outcome.changeSetId!).first(), {
      kind: 'policy',
      actor: 'ada',
    })
    assert.containsSubset(await policyOf(swapped()).handle(PERSON), { updated: 0, changeSetId: null })
  })

  test('36: is seen before, and taken back after', async ({ assert }) => {
    await both()
    const before = await inventory()

    const preview = await policyOf(world.current).handle(PERSON, { dryRun: true, ranks: { beta: 5 } })

    assert.containsSubset(preview, { changeSetId: null, updated: 2 })
    assert.containsSubset(preview.rows[0], { action: 'update', before: { model: 'A' }, after: { model: 'B' } })
    assert.deepEqual(await inventory(), before)
    assert.containsSubset(await policyOf(world.current).handle(PERSON), { updated: 0 })
    const { changeSetId } = await policyOf(swapped()).handle(PERSON)
    await undo(changeSetId)
    assert.deepEqual(await models(), ['A', 'A', 'A'])
  })

  test('36: happens with the next run, whichever source it reads', async ({ assert }) => {
    await both()
    const other = swapped()
    other.says('gamma', [])

    const run = await other.sync('gamma')

    assert.deepEqual([run.status, run.updated], ['completed', 0])
    assert.deepEqual(await models(), ['B', 'B', 'A'])
  })
})

test.group('A source that changes or goes', (group) => {
  const world = eachWithWorld(group)
  group.each.teardown(() => {
    Settings.now = () => Date.now()
  })

  test('48: another mapping plans everything once, and leaves presence and links alone', async ({ assert }) => {
    await world.current.reads('alpha', devices(5, { model: 'A' }))
    const before = await inventory()
    const links = await db.from('source_records').orderBy('id').select('id', 'asset_id', 'link_state', 'missed_runs')

    const bumped = await world.current.reads('alpha', devices(5, { model: 'A' }), { mappingVersion: 2 })

    assert.deepEqual([bumped.skipped, bumped.created, bumped.updated], [0, 0, 0])
    assert.deepEqual(await inventory(), before)
    assert.deepEqual(
      await db.from('source_records').orderBy('id').select('id', 'asset_id', 'link_state', 'missed_runs'),
      links
    )
    const again = await world.current.sync('alpha')
    assert.equal(again.skipped, 5)
  })

  test('60: removed from the configuration, its values stay, nothing is missing, and it says so', async ({
    assert,
  }) => {
    await world.current.reads('alpha', devices(3, { model: 'A' }))
    await world.current.reads('beta', devices(3, { firmware: '9' }))
    const before = await inventory()
    const without = new EngineWorld({}, ['beta', 'gamma'])
    without.says('beta', devices(3, { firmware: '9' }))

    for (const day of [1, 2, 40, 90]) {
      onDay(day)
      await without.sync('all')
    }

    assert.deepEqual(await inventory(), before)
    const fields = await new ExplainAsset().handle(Number((await world.current.assets())[0]!.id))
    assert.containsSubset(fields.find((field) => field.field === 'model')!.claims, [
      { source: 'alpha', value: 'A', used: true, presence: 'released' },
    ])
  })
})
