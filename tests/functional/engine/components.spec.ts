import { test } from '@japa/runner'
import { Settings } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { fromJson } from '#database/columns'
import { ExplainAsset } from '#services/inventory/explain_asset'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const M = (digit: number) => `00:1b:21:3c:4d:0${digit}`

const BY_SERIAL: Device = { id: '1', hostname: 'box', serial: 'SER00001' }
const BY_MAC: Device = { id: '2', hostname: 'box', base: M(1) }
const BY_BOTH: Device = { id: '3', hostname: 'box', serial: 'SER00001', base: M(1) }

const afterDays = (days: number) => {
  const then = Date.now() + days * 24 * 60 * 60 * 1000
  Settings.now = () => then
}

test.group('Records that belong together', (group) => {
  const world = eachWithWorld(group)
  group.each.teardown(() => {
    Settings.now = () => Date.now()
  })

  for (const order of permutations([BY_SERIAL, BY_MAC, BY_BOTH])) {
    for (const pageSize of [1, 2, 500]) {
      const names = order.map((device) => device.id).join('')
      test(`12: serial, address and both are one asset (order ${names}, pages of ${pageSize})`, async ({ assert }) => {
        await world.current.reads('alpha', order, { pageSize })

        assert.lengthOf(await world.current.assets(), 1)
        const states = (await world.current.records()).map((record) => record.link_state)
        assert.deepEqual(states, ['linked', 'linked', 'linked'])
      })
    }
  }

  test('13: the same on three days asks for a merge and makes no third asset', async ({ assert }) => {
    await world.current.reads('alpha', [BY_SERIAL])
    afterDays(1)
    await world.current.reads('alpha', [BY_SERIAL, BY_MAC])
    afterDays(2)
    const run = await world.current.reads('alpha', [BY_SERIAL, BY_MAC, BY_BOTH])

    const ids = (await world.current.assets()).map((asset) => asset.id)
    assert.lengthOf(ids, 2)
    assert.equal(run.held, 1)
    assert.containsSubset((await world.current.records())[2], { native_id: '3', link_state: 'held', asset_id: null })
    assert.deepEqual(fromJson((await db.from('reviews').firstOrFail()).asset_ids), ids)
    assert.deepEqual(
      (await world.current.reviews()).map((review) => review.kind),
      ['merge_candidate']
    )
    const again = await world.current.sync('alpha')
    assert.equal(again.held, 1)
    assert.lengthOf(await world.current.reviews(), 1)
  })

  test('17: a chain of six records through five values is one asset', async ({ assert }) => {
    await world.current.reads('alpha', chain())

    const [asset, ...others] = await world.current.assets()
    assert.lengthOf(others, 0)
    assert.deepEqual(
      (await world.current.records()).map((record) => record.asset_id),
      Array.from({ length: 6 }, () => asset!.id)
    )
  })

  // Behind the second the shared address itself would be junk: two serials carry it.
  for (const place of [2, 3, 4, 5]) {
    test(`17: a chain whose record ${place + 1} has another serial is held as a whole`, async ({ assert }) => {
      const devices = chain().map((device, index) => (index === place ? { ...device, serial: 'SER00002' } : device))
      const run = await world.current.reads('alpha', devices)

      assert.lengthOf(await world.current.assets(), 0)
      assert.equal(run.held, 6)
      assert.deepEqual(
        (await world.current.reviews()).map((review) => review.kind),
        ['contradiction']
      )
    })
  }

  test('17b: two groups with different serials do not meet in an asset without serial', async ({ assert }) => {
    await world.current.reads('gamma', [
      { id: '1', hostname: 'x', base: M(1) },
      { id: '2', hostname: 'x', base: M(1), macs: [M(2)] },
    ])
    await world.current.reads('gamma', [
      { id: '1', hostname: 'x', base: M(1) },
      { id: '2', hostname: 'x', base: M(2) },
    ])
    assert.lengthOf(await world.current.assets(), 1)

    await world.current.reads('alpha', [
      { id: '1', hostname: 'a', serial: 'SER00001', base: M(1) },
      { id: '2', hostname: 'b', serial: 'SER00002', base: M(2) },
    ])

    assert.lengthOf(await world.current.assets(), 1)
    assert.lengthOf(await world.current.reviews(), 1)
    const [, , ...fresh] = await world.current.records()
    assert.deepEqual(
      fresh.map((record) => [record.link_state, record.asset_id]),
      [
        ['held', null],
        ['held', null],
      ]
    )
  })

  test('21: replaced hardware behind an address is a new asset, and nothing of the old leaks in', async ({
    assert,
  }) => {
    const old = { id: '10.0.0.1', hostname: 'edge', serial: 'OLD00001', base: M(1), ip: '10.0.0.1', model: 'Old' }
    await world.current.reads('beta', [old])
    await world.current.reads('beta', [
      { id: '10.0.0.1', hostname: 'edge', serial: 'NEW00002', base: M(2), ip: '10.0.0.1' },
    ])

    const assets = await world.current.assets()
    assert.lengthOf(assets, 2)
    assert.containsSubset(assets[0], { serial_number: 'OLD00001', ip_address: null, model: 'Old' })
    assert.containsSubset(assets[1], { serial_number: 'NEW00002', ip_address: '10.0.0.1', model: null })
    const [first, second] = await world.current.records()
    assert.isNotNull(first!.closed_at)
    assert.isNull(second!.closed_at)
    const again = await world.current.sync('beta')
    assert.deepEqual([again.created, again.updated], [0, 0])
    for (const days of [1, 3]) {
      afterDays(days)
      await world.current.sync('beta')
    }
    assert.deepEqual(
      (await world.current.assets()).map((asset) => [asset.serial_number, asset.presence]),
      [
        ['OLD00001', 'missing'],
        ['NEW00002', 'present'],
      ]
    )
  })

  test('27: one box called Switch by one source and Router by another is one asset', async ({ assert }) => {
    await world.current.reads('beta', [{ id: '10.0.0.1', hostname: 'b', serial: 'SER00001', type: 'Router' }])
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001', type: 'Switch' }])

    const assets = await world.current.assets()
    assert.lengthOf(assets, 1)
    assert.equal(assets[0]!.asset_type, 'Switch')
    const fields = await new ExplainAsset().handle(Number(assets[0]!.id))
    assert.containsSubset(
      fields.find((field) => field.field === 'item_type'),
      { rule: 'precedence', contested: true, winner: { source: 'alpha' } }
    )
  })
})

/** Six records, each joined to the next by a base MAC of its own; the first has a serial. */
function chain(): Device[] {
  return [
    { id: '1', hostname: 'box', serial: 'SER00001', base: M(1) },
    { id: '2', hostname: 'box', base: [M(1), M(2)] },
    { id: '3', hostname: 'box', base: [M(2), M(3)] },
    { id: '4', hostname: 'box', base: [M(3), M(4)] },
    { id: '5', hostname: 'box', base: [M(4), M(5)] },
    { id: '6', hostname: 'box', base: M(5) },
  ]
}

function permutations<T>(values: T[]): T[][] {
  return values.length <= 1
    ? [values]
    : values.flatMap((value, index) =>
        permutations(values.filter((_, other) => other !== index)).map((rest) => [value, ...rest])
      )
}
