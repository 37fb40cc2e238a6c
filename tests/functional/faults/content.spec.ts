import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { body, listOf, onList, PEERS, type PeerDevice, type PeerName } from './peers.js'
import { eachWithPeers } from './peers_world.js'

const device = (index: number, more: Partial<PeerDevice> = {}): PeerDevice => ({
  id: 1000 + index,
  ip: `10.1.0.${index + 1}`,
  hostname: `host-${index}`,
  serial: `SERIAL${1000 + index}`,
  mac: `00:1b:21:00:00:${(index + 16).toString(16)}`,
  model: 'Model',
  ...more,
})
const devices = (count: number) => Array.from({ length: count }, (_, index) => device(index))

/** Column of the peer that carries the name of the model. */
const MODEL_COLUMN: Record<PeerName, string> = { librenms: 'hardware', netdisco: 'model' }

test.group('A peer that lists strange things', (group) => {
  const world = eachWithPeers(group)

  async function reads(name: PeerName, listed: readonly PeerDevice[]) {
    world.current.peers[name].devices = listed
    return world.current.sync(name)
  }
  const outcome = async () => {
    const assets = await world.current.assets()
    const reviews = await db.from('reviews').where('state', 'open').select('kind')
    return {
      assets: assets
        .map((row) => [row.hostname, row.serial_number, row.mac_address, row.ip_address, row.model].join())
        .sort(),
      reviews: reviews.map((row) => row.kind).sort(),
    }
  }

  test('G11: one box twice, one address with two serials, one serial in three notations: any order, one result', async ({
    assert,
  }) => {
    const listed = [
      device(1, { serial: 'foc 1234x' }),
      device(2, { serial: 'FOC1234X', hostname: 'host-1', mac: device(1).mac }),
      device(3, { serial: 'Foc 1234X ', hostname: 'host-1', mac: device(1).mac }),
      device(4, { mac: device(5).mac }),
      device(5),
      device(6, { serial: 'TWICE0001' }),
      device(7, { serial: 'TWICE0001' }),
      device(8),
    ]
    const results = new Set<string>()
    for (let turn = 0; turn < 20; turn++) {
      const shuffled = listed.map((one, index) => ({ one, at: (index * 7 + turn * 3) % (turn + 8) }))
      shuffled.sort((a, b) => a.at - b.at || (turn % 2 ? -1 : 1))
      await reads(
        'netdisco',
        shuffled.map(({ one }) => one)
      )
      results.add(JSON.stringify(await outcome()))
      await forgetEverything()
    }

    assert.equal(results.size, 1, [...results].join('\n'))
    const { assets, reviews } = JSON.parse([...results][0]!) as Awaited<ReturnType<typeof outcome>>
    assert.lengthOf(
      assets.filter((row) => /FOC ?1234X/i.test(row)),
      1
    )
    assert.lengthOf(
      assets.filter((row) => row.includes('TWICE0001')),
      0
    )
    assert.include(reviews, 'same_source_twin')
    assert.include(reviews, 'junk_identifier')
  })

  test('G12: two devices with the serial {serial} at {name} are two')
    .with(
      PEERS.flatMap((name) =>
        ['', 'N/A', '0', 'Not Specified', 'To be filled by O.E.M.'].map((serial) => ({ name, serial }))
      )
    )
    .run(async ({ assert }, { name, serial }) => {
      const run = await reads(name, [device(1, { serial }), device(2, { serial })])

      assert.deepEqual([run.status, run.created, run.held], ['completed', 2, 0])
      const assets = await world.current.assets()
      assert.deepEqual(
        assets.map((row) => row.serial_number),
        [null, null]
      )
      assert.lengthOf(new Set(assets.map((row) => row.mac_address)).values().toArray(), 2)
    })

  test('G13: a device of {$self} without serial and address is one item, however often it is read')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const bare = [device(1, { serial: null, mac: null })]
      await reads(name, bare)
      const [first] = await world.current.assets()

      const again = await reads(name, bare)

      assert.deepEqual([again.created, again.updated], [0, 0])
      assert.deepEqual(await world.current.assets(), [first])
    })

  test('G14: columns of the wrong type at {$self} cost no other device')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const key = name === 'librenms' ? { device_id: { a: 1 } } : { ip: null }
      const run = await reads(name, [
        device(1, { serial: 7_350_912 }),
        device(2, { hostname: ['a', 'b'] }),
        device(3, { raw: { location: [], layers: {}, features: 7, ports: {}, status: 'yes' } }),
        device(4, { raw: key }),
        device(5),
      ])

      assert.deepEqual([run.status, run.created, run.rejected], ['completed', 4, 1])
      assert.include(run.errors.join(), '1 of 5 records could not be used')
      const bySerial = new Map((await world.current.assets()).map((row) => [row.serial_number, row]))
      assert.equal(bySerial.get('7350912')?.hostname, 'host-1')
      assert.equal(bySerial.get('SERIAL1005')?.hostname, 'host-5')
      assert.isTrue(bySerial.has('SERIAL1002'))
      await reads(name, devices(1))
      const missed = await db.from('source_records').where('missed_runs', '>', 0)
      assert.isAbove(missed.length, 0, 'a complete reading sweeps, the partial one before did not')
    })

  test('G15: huge, wide and poisoned rows of {$self} harm nobody')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const listed = listOf(name, [
        device(1, { hostname: 'h'.repeat(1024 * 1024) }),
        device(2),
        device(3, { raw: { attribs: 'POISON' } }),
        device(4, { raw: { attribs: 'WIDE' } }),
        device(5),
      ])
        .replace('"attribs":"POISON"', '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}')
        .replace('"WIDE"', `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join()}}`)
      world.current.peers[name].fault = onList(name, (response) => body(response, listed))

      const run = await world.current.sync(name)

      assert.equal(run.status, 'completed', run.errors.join())
      assert.isUndefined(({} as Record<string, unknown>).polluted)
      const names = (await world.current.assets()).map((row) => String(row.hostname))
      assert.isTrue(names.every((one) => one.length <= 253))
      assert.includeMembers(names, ['host-2', 'host-3', 'host-4', 'host-5'])
    })

  test('G15: a row of {$self} nested 10 000 deep overflows nothing: it is read past, or refused with the cause')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      await reads(name, devices(2))
      const before = await world.current.inventory()
      const deep = '['.repeat(10_000) + ']'.repeat(10_000)
      const listed = listOf(name, [device(0), device(1, { raw: { attribs: 'DEEP' } })]).replace('"DEEP"', deep)
      world.current.peers[name].fault = onList(name, (response) => body(response, listed))

      const run = await world.current.sync(name)

      const result = run.status === 'completed' ? 'completed' : run.errors[0]!
      assert.match(result, /^completed$|nested deeper than 100 levels/)
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G16: odd text of {$self} is stored as the same text on every database')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const odd = {
        1: 'a\u0000b',
        2: 'lone \ud800 half',
        3: 'right \u202eto left',
        4: 'two\nlines',
        5: '\u001b[31mred\u001b[0m',
        6: 'rocket \u{1f680}',
        7: 'C:\\u0000',
        8: 'constructor',
      }
      const run = await reads(
        name,
        Object.entries(odd).map(([index, model]) => device(Number(index), { model }))
      )

      assert.deepEqual([run.status, run.created], ['completed', 8], run.errors.join())
      assert.deepEqual(
        (await world.current.assets()).map((row) => row.model),
        ['ab', 'lone half', 'right to left', 'two lines', 'red', 'rocket \u{1f680}', 'C:\\u0000', 'constructor']
      )
    })

  test('G17: markup and formulas of {$self} are text: inert in the page, neutral in the file')
    .with(PEERS)
    .run(async ({ assert, client }, name) => {
      const markup = '<script>alert(1)</script>'
      await reads(name, [
        device(1, { raw: { [MODEL_COLUMN[name]]: markup } }),
        device(2, { raw: { [MODEL_COLUMN[name]]: '=cmd|calc' } }),
      ])
      const [asset] = await world.current.assets()
      assert.equal(asset!.model, markup)

      const { token, user } = await asUser('viewer')
      const page = await client.get(`/items/${asset!.id}`).withGuard('web').loginAs(user)
      page.assertStatus(200)
      assert.notInclude(page.text(), '<script>alert')
      assert.include(page.text(), '&lt;script&gt;alert')
      const file = await client.get('/api/export/csv').bearerToken(token)
      assert.include(file.text(), "'=cmd|calc")
      assert.notMatch(file.text(), /[,"\n]=cmd/)
    })

  test('G20: {$self} lists no device with status 200: nothing changes, and the run says how many there were')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      await reads(name, devices(12))
      const before = await world.current.inventory()

      const run = await reads(name, [])

      assert.deepEqual([run.status, run.missing], ['completed', 0])
      assert.include(run.errors[0], '0 devices (was 12)')
      assert.deepEqual(await world.current.inventory(), before)
    })

  test('G21: half of the devices of {$self} vanish: none is deleted or missing, and a person is asked')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      await reads(name, devices(40))
      const before = await world.current.inventory()

      const run = await reads(name, devices(20))

      assert.deepEqual([run.status, run.missing], ['completed', 0])
      assert.include(run.errors[0], 'no longer lists 20 of 40 devices')
      assert.deepEqual(await world.current.inventory(), before)
      assert.deepEqual(await db.from('reviews').where('state', 'open').select('kind'), [{ kind: 'guard_tripped' }])
    })

  test('G22: two devices of {$self} swap name and address: both stay who their serials say, and history tells')
    .with(PEERS)
    .run(async ({ assert }, name) => {
      const [a, b] = [device(1), device(2)]
      await reads(name, [a, b])
      const before = await world.current.assets()

      const swapped = name === 'librenms' ? { hostname: b.hostname, mac: b.mac } : { hostname: b.hostname, mac: b.mac }
      const run = await reads(name, [
        { ...a, ...swapped },
        { ...b, hostname: a.hostname, mac: a.mac },
      ])

      const after = await world.current.assets()
      assert.equal(run.status, 'completed', run.errors.join())
      assert.deepEqual(
        after.map((row) => [row.id, row.serial_number, row.hostname, row.mac_address]),
        [
          [before[0]!.id, 'SERIAL1001', before[1]!.hostname, before[1]!.mac_address],
          [before[1]!.id, 'SERIAL1002', before[0]!.hostname, before[0]!.mac_address],
        ]
      )
      const changes = await db.from('changes').where('action', 'update').orderBy('asset_id')
      assert.lengthOf(changes, 2)
      assert.include(JSON.stringify(changes[0].before), 'host-1')
      assert.include(JSON.stringify(changes[0].after), 'host-2')
    })

  test('G23: the two disagree, {0} first: the ranked one wins each field, also while the other is down')
    .with([PEERS, [...PEERS].reverse()])
    .run(async ({ assert }, order) => {
      world.current.peers.librenms.devices = [device(1, { hostname: 'by-librenms', model: 'L-1' })]
      world.current.peers.netdisco.devices = [device(1, { hostname: 'by-netdisco', model: 'N-1' })]
      for (const name of order) {
        await world.current.sync(name)
      }
      const values = async () => {
        const [asset, ...others] = await world.current.assets()
        assert.lengthOf(others, 0)
        return [asset!.hostname, asset!.model, asset!.source]
      }
      assert.deepEqual(await values(), ['by-librenms', 'L-1', 'merged'])

      await world.current.peers.librenms.stop()
      world.current.peers.netdisco.devices = [device(1, { hostname: 'by-netdisco', model: 'N-2' })]
      const run = await world.current.sync('all')

      assert.equal(run.status, 'failed')
      assert.deepEqual(await values(), ['by-librenms', 'L-1', 'merged'])
    })
})

/** As if nothing had ever been read. */
async function forgetEverything(): Promise<void> {
  for (const table of ['asset_identifiers', 'observation_identifiers', 'reviews', 'changes', 'identifier_denylist']) {
    await db.from(table).delete()
  }
  await db.from('source_records').update({ observation_id: null })
  for (const table of ['observations', 'source_records']) {
    await db.from(table).delete()
  }
  await db.from('sync_runs').update({ change_set_id: null })
  for (const table of ['change_sets', 'assets', 'run_seen', 'run_rejects', 'sync_runs', 'sources']) {
    await db.from(table).delete()
  }
}
