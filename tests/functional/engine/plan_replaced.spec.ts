import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { FindPlan } from '#services/sync/find_plan'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

/** Boxes of a source whose keys are addresses: box `n` stands at the address `at(n)`. */
const boxes = (count: number, at: (index: number) => number = (index) => index): Device[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `10.0.${Math.floor(at(index) / 250)}.${at(index) % 250}`,
    ip: `10.0.${Math.floor(at(index) / 250)}.${at(index) % 250}`,
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
  }))

test.group('A plan about addresses that were given to other hardware', (group) => {
  const world = eachWithWorld(group)

  const rowsOf = async (runId: number) => new FindPlan().rows(runId, 0, 5000)

  test('names the new devices so that applying it finds them again', async ({ assert }) => {
    await world.current.reads('beta', boxes(10))
    const replaced = boxes(10).map((device, index) =>
      index < 2 ? { ...device, hostname: `new-${index}`, serial: `SERIAL${9000 + index}` } : device
    )
    world.current.says('beta', replaced)
    const plan = await world.current.plan('beta')
    assert.deepEqual(plan.counts, { create: 2, update: 2 })

    const { run } = await world.current.apply(plan)

    assert.deepEqual([run.created, run.updated], [2, 2])
    assert.containsSubset(await new FindPlan().handle(plan.id), { counts: { applied: 4 } })
    const names = (await world.current.assets()).map((asset) => asset.hostname)
    assert.includeMembers(names, ['host-0', 'host-1', 'new-0', 'new-1'])
  })

  const COUNT = 1200
  const SWAPPED = [0, COUNT - 1]
  /** All say something new, so that they are decided in several transactions; the last two are boxes at the ends. */
  const moved = (swapped: Device[]) => {
    const [first, ...others] = boxes(COUNT).map((device) => ({ ...device, firmware: '2' }))
    return [{ ...first!, ...swapped[0] }, ...others.slice(0, -1), { ...others.at(-1)!, ...swapped[1] }]
  }

  test('has one row of each device that moved, however many transactions it is decided in', async ({ assert }) => {
    await world.current.reads('beta', boxes(COUNT))
    const ends = SWAPPED.map((index) => boxes(COUNT)[index]!)
    world.current.says(
      'beta',
      moved(ends.map((_, index) => ({ ...ends[1 - index]!, id: ends[index]!.id, ip: ends[index]!.ip })))
    )
    const plan = await world.current.plan('beta')

    const rows = await rowsOf(plan.id)
    assert.lengthOf(rows, COUNT)
    assert.lengthOf(new Set(rows.map(({ key }) => key)), COUNT)
    const { run } = await world.current.apply(plan)
    assert.equal(run.updated, COUNT)
    assert.containsSubset(await new FindPlan().handle(plan.id), { counts: { applied: COUNT } })
    const [first, last] = [(await world.current.assets())[0], (await world.current.assets()).at(-1)]
    assert.containsSubset(
      [first, last],
      [
        { serial_number: 'SERIAL1000', ip_address: ends[1]!.ip, firmware_version: '2' },
        { serial_number: `SERIAL${999 + COUNT}`, ip_address: ends[0]!.ip, firmware_version: '2' },
      ]
    )
    assert.lengthOf(await db.from('changes').where('action', 'update'), COUNT)
  })

  test('tells new devices apart that are decided in different transactions', async ({ assert }) => {
    await world.current.reads('beta', boxes(COUNT))
    world.current.says(
      'beta',
      moved(
        SWAPPED.map((index) => ({ ...boxes(COUNT)[index]!, hostname: `new-${index}`, serial: `NEW${1000 + index}` }))
      )
    )
    const plan = await world.current.plan('beta')

    const { run } = await world.current.apply(plan)

    assert.deepEqual([run.created, run.updated], [2, COUNT])
    assert.containsSubset(await new FindPlan().handle(plan.id), { counts: { applied: COUNT + 2 } })
  })
})
