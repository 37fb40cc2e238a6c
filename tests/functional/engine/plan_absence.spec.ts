import { test } from '@japa/runner'
import { Settings } from 'luxon'
import { ApprovePlan } from '#services/sync/approve_plan'
import { CancelRun } from '#services/sync/cancel_run'
import { FindPlan } from '#services/sync/find_plan'
import { FindRun } from '#services/sync/find_run'
import { VerifyInventory } from '#services/inventory/verify_inventory'
import { PERSON } from '#tests/helpers/decide'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const DAY_MS = 24 * 60 * 60 * 1000

const devices = (count: number, more: Partial<Device> = {}): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    ...more,
  }))

function afterDays(days: number): void {
  const then = Date.now() + days * DAY_MS
  Settings.now = () => then
}

test.group('A plan of devices that would turn missing', (group) => {
  const world = eachWithWorld(group)
  group.each.teardown(() => {
    Settings.now = () => Date.now()
  })

  /** Two of five were left out twice; the plan is the third time, three days later. */
  async function planOfThirdAbsence() {
    await world.current.reads('alpha', devices(5))
    for (const days of [0, 1]) {
      afterDays(days)
      await world.current.reads('alpha', devices(3))
    }
    afterDays(3)
    return world.current.plan('alpha')
  }
  const presences = async () => (await world.current.assets()).map((asset) => asset.presence)

  test('has a row for each, and writes nothing', async ({ assert }) => {
    const plan = await planOfThirdAbsence()

    assert.deepEqual(plan.counts, { missing: 2 })
    const rows = await new FindPlan().rows(plan.id, 0, 100)
    assert.containsSubset(rows[0], { action: 'missing', before: { presence: 'present' }, hostname: 'host-3' })
    assert.deepEqual(new Set(await presences()), new Set(['present']))
    const missed = (await world.current.records()).map((record) => record.missed_runs)
    assert.deepEqual(missed, [0, 0, 0, 2, 2])
  })

  test('makes them missing when it is applied', async ({ assert }) => {
    const { run } = await world.current.apply(await planOfThirdAbsence())

    assert.containsSubset(run, { status: 'completed', updated: 2, missing: 2 })
    assert.deepEqual(await presences(), ['present', 'present', 'present', 'missing', 'missing'])
    const { discrepancies } = await new VerifyInventory().handle()
    assert.deepEqual(discrepancies, [])
  })

  test('leaves the unticked ones as they are, and the next run proposes them again', async ({ assert }) => {
    const plan = await planOfThirdAbsence()

    await world.current.apply(plan, [1])

    assert.deepEqual(await presences(), ['present', 'present', 'present', 'missing', 'present'])
    const next = await world.current.plan('alpha')
    assert.deepEqual(next.counts, { missing: 1 })
  })

  test('shows those that are back', async ({ assert }) => {
    await world.current.apply(await planOfThirdAbsence())
    world.current.says('alpha', devices(5))

    const plan = await world.current.plan('alpha')

    assert.deepEqual(plan.counts, { return: 2 })
  })
})

test.group('A run of all sources of which one waits for approval', (group) => {
  const world = eachWithWorld(group)

  /** Alpha renames everything, which a guard stops; beta has a new device. */
  async function waiting() {
    await world.current.reads('alpha', devices(40))
    world.current.says('alpha', devices(40, { hostname: 'renamed' }))
    world.current.says('beta', [{ id: '10.0.0.1', hostname: 'of-beta', serial: 'SERIAL9000' }])
    return world.current.sync('all')
  }

  test('waits for approval itself; the rest of it is written', async ({ assert }) => {
    const run = await waiting()

    assert.equal(run.status, 'awaiting_approval')
    assert.sameMembers(
      run.children.map(({ source, status }) => `${source} ${status}`),
      ['alpha awaiting_approval', 'beta completed', 'gamma completed']
    )
    assert.equal(run.created, 1)
  })

  test('is completed when that one is applied', async ({ assert }) => {
    const run = await waiting()
    const part = run.children.find(({ source }) => source === 'alpha')!

    await world.current.apply(await new FindPlan().handle(part.id))

    assert.containsSubset(await new FindRun().handle(run.id), { status: 'completed', updated: 40 })
  })

  test('is completed when a newer run takes the place of that one, or when it is cancelled', async ({ assert }) => {
    const run = await waiting()

    await new CancelRun().handle(run.id, PERSON)

    const { status, children } = await new FindRun().handle(run.id)
    assert.equal(status, 'completed')
    assert.equal(children.find(({ source }) => source === 'alpha')!.status, 'cancelled')
  })

  test('cannot be applied as a whole, and says how', async ({ assert }) => {
    const run = await waiting()
    const approving = new ApprovePlan().handle(run.id, { planHash: 'x' }, PERSON)

    await assert.rejects(() => approving)
  })
})
