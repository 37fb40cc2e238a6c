import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CreateAsset } from '#services/inventory/create_asset'
import { type Device } from '#tests/helpers/engine_world'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

const PERSON = { userId: null, name: 'ada' }
const M = (digit: number) => `00:1b:21:3c:4d:0${digit}`

test.group('Identity by serial', (group) => {
  const world = eachWithWorld(group)

  for (const order of [
    ['alpha', 'beta'],
    ['beta', 'alpha'],
  ] as const) {
    test(`1: one chassis serial from two sources is one asset (${order.join(', then ')})`, async ({ assert }) => {
      for (const source of order) {
        await world.current.reads(source, [{ id: `${source}-1`, hostname: `${source}.lab`, serial: 'FOC2140X0QK' }])
      }

      const assets = await world.current.assets()
      assert.lengthOf(assets, 1)
      assert.containsSubset(assets[0], { source: 'merged', serial_number: 'FOC2140X0QK', hostname: 'alpha.lab' })
      const records = await world.current.records()
      assert.deepEqual(
        records.map((record) => [record.link_state, record.asset_id]),
        [
          ['linked', assets[0]!.id],
          ['linked', assets[0]!.id],
        ]
      )
    })
  }

  test('2: a serial that differs only in case, space and dots is one', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'foc 2140 x0qk' }])
    await world.current.reads('beta', [{ id: '10.0.0.1', hostname: 'b', serial: ' FOC2140X0QK. ' }])
    await world.current.reads('gamma', [{ id: '9', hostname: 'c', serial: 'FOC2140.X0QK' }])

    assert.lengthOf(await world.current.assets(), 1)
  })

  test('3: placeholder serials on 40 devices are no serials', async ({ assert }) => {
    const junk = ['N/A', '0', 'Default string', 'To be filled by O.E.M.']
    const devices = Array.from({ length: 40 }, (_, index) => ({
      id: String(index),
      hostname: `box-${index}`,
      serial: junk[index % 4]!,
    }))

    const run = await world.current.reads('alpha', devices)

    const assets = await world.current.assets()
    assert.equal(run.created, 40)
    assert.lengthOf(assets, 40)
    assert.isTrue(assets.every((asset) => asset.serial_number === null))
    assert.isNull(await db.from('asset_identifiers').where('kind', 'serial').first())
  })

  test('4: an unlisted junk serial on 12 devices is learned', async ({ assert }) => {
    const devices = Array.from({ length: 12 }, (_, index) => ({
      id: String(index),
      hostname: `box-${index}`,
      serial: 'ABC00001',
    }))

    await world.current.reads('alpha', devices)

    const assets = await world.current.assets()
    assert.lengthOf(assets, 12)
    assert.isTrue(assets.every((asset) => asset.serial_number === null))
    assert.deepEqual(
      (await world.current.reviews()).map((review) => review.kind),
      ['junk_identifier']
    )
    const denied = await db.from('identifier_denylist').first()
    assert.containsSubset(denied, { kind: 'serial', value: 'ABC00001', origin: 'learned' })
  })

  test('4: devices known before a serial turned out to be junk lose it', async ({ assert }) => {
    const box = (index: number): Device => ({ id: String(index), hostname: `box-${index}`, serial: 'ABC00001' })
    await world.current.reads('alpha', [box(0)])
    assert.equal((await world.current.assets())[0]!.serial_number, 'ABC00001')

    await world.current.reads('alpha', [0, 1, 2, 3, 4].map(box))

    const assets = await world.current.assets()
    assert.lengthOf(assets, 5)
    assert.isTrue(assets.every((asset) => asset.serial_number === null))
  })

  test('19: a failover pair with one serial and two base MACs waits for a person', async ({ assert }) => {
    const run = await world.current.reads('beta', [
      { id: '10.0.0.1', hostname: 'fw-a', serial: 'PAIR0001', base: M(1) },
      { id: '10.0.0.2', hostname: 'fw-b', serial: 'PAIR0001', base: M(2) },
    ])

    assert.equal(run.held, 2)
    assert.lengthOf(await world.current.assets(), 0)
    assert.deepEqual(
      (await world.current.reviews()).map((review) => review.kind),
      ['same_source_twin']
    )
    assert.deepEqual(
      (await world.current.records()).map((record) => [record.link_state, record.asset_id]),
      [
        ['held', null],
        ['held', null],
      ]
    )
  })

  test('18: one box under two addresses of one source is one asset', async ({ assert }) => {
    await world.current.reads('beta', [
      { id: '10.0.0.1', hostname: 'core', serial: 'TWIN0001', base: M(1), ip: '10.0.0.1' },
      { id: '10.0.0.2', hostname: 'core', serial: 'TWIN0001', base: M(1), ip: '10.0.0.2' },
    ])

    const assets = await world.current.assets()
    assert.lengthOf(assets, 1)
    assert.deepEqual(
      (await world.current.records()).map((record) => [record.link_state, record.asset_id]),
      [
        ['linked', assets[0]!.id],
        ['linked', assets[0]!.id],
      ]
    )
  })

  test('20: a stack is one asset and each member another', async ({ assert }) => {
    const stack = (hostname: string): Device[] => [
      { id: '7', hostname, macs: [M(1), M(2)] },
      ...[1, 2, 3].map((unit) => ({
        id: `7#MEMBER${unit}AA`,
        hostname: `${hostname} unit ${unit}`,
        serial: `MEMBER${unit}AA`,
        partOf: '7',
      })),
    ]
    const first = await world.current.reads('alpha', stack('stack-a'))
    await world.current.reads('alpha', stack('stack-renamed'))

    assert.equal(first.devicesFound, 1)
    const assets = await world.current.assets()
    assert.lengthOf(assets, 4)
    assert.deepEqual(assets.map((asset) => asset.hostname)[0], 'stack-renamed')
  })

  test('20: another source that knows the stack by one member and its address joins the stack', async ({ assert }) => {
    await world.current.reads('alpha', [
      { id: '7', hostname: 'stack', macs: [M(1), M(2)] },
      { id: '7#MEMBER1AA', hostname: 'stack 1', serial: 'MEMBER1AA', partOf: '7' },
      { id: '7#MEMBER2AA', hostname: 'stack 2', serial: 'MEMBER2AA', partOf: '7' },
    ])
    await world.current.reads('beta', [{ id: '10.0.0.7', hostname: 'stack.lab', serial: 'MEMBER1AA', base: M(1) }])

    const assets = await world.current.assets()
    assert.deepEqual(
      assets.map((asset) => [asset.hostname, asset.source, asset.serial_number]),
      [
        ['stack', 'merged', null],
        ['stack 1', 'alpha', 'MEMBER1AA'],
        ['stack 2', 'alpha', 'MEMBER2AA'],
      ]
    )
  })

  test('22: a key that never moves with another serial keeps its identity and asks', async ({ assert }) => {
    const old = { id: '1', hostname: 'edge', serial: 'OLD00001', base: M(1), model: 'X1' }
    await world.current.reads('alpha', [old])
    await world.current.reads('alpha', [{ ...old, serial: 'NEW00002', base: M(2), model: 'X2' }])

    const [asset, ...others] = await world.current.assets()
    assert.lengthOf(others, 0)
    assert.containsSubset(asset, { serial_number: 'OLD00001', mac_address: '001b213c4d01', model: 'X2' })
    assert.containsSubset(await world.current.records(), [{ asset_id: asset!.id, link_state: 'linked' }])
    const strong = await db.from('asset_identifiers').where('strength', 'strong').orderBy('kind').select('value')
    assert.deepEqual(strong, [{ value: '001b213c4d01' }, { value: 'OLD00001' }])
    assert.deepEqual(
      (await world.current.reviews()).map((review) => review.kind),
      ['identity_drift']
    )
    const again = await world.current.sync('alpha')
    assert.equal(again.updated, 0)
  })

  test('24: a typed asset with the serial is joined, keeps what was typed and gains the rest', async ({ assert }) => {
    const typed = { hostname: 'my-switch', assetType: 'Switch', serialNumber: 'foc2140x0qk', notes: 'mine' }
    await new CreateAsset().handle(typed, PERSON)

    await world.current.reads('alpha', [
      { id: '1', hostname: 'lab-sw', serial: 'FOC2140X0QK', model: 'C9300', type: 'Router' },
    ])

    const assets = await world.current.assets()
    assert.lengthOf(assets, 1)
    assert.containsSubset(assets[0], {
      hostname: 'my-switch',
      asset_type: 'Switch',
      notes: 'mine',
      model: 'C9300',
      source: 'merged',
    })
  })

  test('25: a typed asset without serial and of the same name is only suggested', async ({ assert }) => {
    await new CreateAsset().handle({ hostname: 'lab-sw', assetType: 'Switch' }, PERSON)

    await world.current.reads('alpha', [{ id: '1', hostname: 'LAB-SW', serial: 'FOC2140X0QK' }])

    assert.lengthOf(await world.current.assets(), 2)
    assert.deepEqual(
      (await world.current.reviews()).map((review) => review.kind),
      ['match_suggestion']
    )
  })
})

test.group('Identity by address', (group) => {
  const world = eachWithWorld(group)

  for (const [protocol, mac] of [
    ['VRRP', '00:00:5e:00:01:0a'],
    ['HSRP', '00:00:0c:07:ac:0a'],
    ['GLBP', '00:07:b4:00:01:01'],
  ] as const) {
    test(`5: a ${protocol} address on two routers joins nothing`, async ({ assert }) => {
      await world.current.reads('alpha', [{ id: '1', hostname: 'r1', serial: 'SER00001', base: mac, macs: [mac] }])
      await world.current.reads('beta', [{ id: '10.0.0.2', hostname: 'r2', base: mac, macs: [mac] }])

      assert.lengthOf(await world.current.assets(), 2)
    })
  }

  test('6: a locally administered address on five hosts is no evidence', async ({ assert }) => {
    const devices = [1, 2, 3, 4, 5].map((index) => ({
      id: String(index),
      hostname: `vm-${index}`,
      base: '02:42:ac:11:00:02',
    }))
    await world.current.reads('alpha', devices)

    assert.lengthOf(await world.current.assets(), 5)
    assert.lengthOf(await world.current.reviews(), 0)
  })

  for (const shared of [1, 2]) {
    test(`7: ${shared} equal port addresses with different serials are two assets, and the history says why`, async ({
      assert,
    }) => {
      await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001', macs: [M(1), M(2)] }])
      const macs = [M(1), shared === 2 ? M(2) : M(3)]
      await world.current.reads('gamma', [{ id: '1', hostname: 'b', serial: 'SER00002', macs }])

      assert.lengthOf(await world.current.assets(), 2)
      const change = await db.from('changes').orderBy('id', 'desc').first()
      assert.include(change.reason, 'whose serial number is another')
    })
  }

  test('8: two equal port addresses join a record without serial', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001', macs: [M(1), M(2), M(3)] }])
    await world.current.reads('gamma', [{ id: '5', hostname: 'b', macs: [M(2), M(3)] }])

    assert.lengthOf(await world.current.assets(), 1)
    const records = await world.current.records()
    assert.equal(records[1]!.link_rule, 'ports')
  })

  test('9: one equal port address only suggests', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001', macs: [M(1), M(2)] }])
    await world.current.reads('gamma', [{ id: '5', hostname: 'b', macs: [M(2), M(3)] }])

    assert.lengthOf(await world.current.assets(), 2)
    assert.deepEqual(
      (await world.current.reviews()).map((review) => review.kind),
      ['match_suggestion']
    )
  })

  test('10: a name alone joins and suggests nothing; name and address suggest', async ({ assert }) => {
    await world.current.reads('alpha', [
      { id: '1', hostname: 'printer', serial: 'SER00001', ip: '10.0.0.1' },
      { id: '2', hostname: 'plotter', serial: 'SER00002', ip: '10.0.0.2' },
    ])
    await world.current.reads('beta', [
      { id: '10.9.9.9', hostname: 'printer', ip: '10.9.9.9' },
      { id: '10.0.0.2', hostname: 'plotter', ip: '10.0.0.2' },
    ])

    assert.lengthOf(await world.current.assets(), 4)
    const reviews = await world.current.reviews()
    assert.lengthOf(reviews, 1)
    assert.include(reviews[0]!.sentence, 'plotter')
  })

  test('11: a device without serial and address is one asset after ten syncs', async ({ assert }) => {
    for (let round = 0; round < 10; round++) {
      await world.current.reads('alpha', [{ id: '77', hostname: 'nameless', firmware: `1.${round}` }])
    }

    assert.lengthOf(await world.current.assets(), 1)
    assert.lengthOf(await world.current.records(), 1)
  })

  test('a base address that is the port address of one record of another source joins', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'a', serial: 'SER00001', macs: [M(1), M(2)] }])
    await world.current.reads('beta', [{ id: '10.0.0.1', hostname: 'b', base: M(1) }])

    assert.lengthOf(await world.current.assets(), 1)
  })
})
