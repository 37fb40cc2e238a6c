import { test } from '@japa/runner'
import { parseChassisModule, parseDevice, parseInventoryRow } from '../schema.js'
import { fixtureDevice, readFixture } from './fixtures.js'

test.group('Netdisco rows', () => {
  test('reads a device and nothing that was not asked for', ({ assert }) => {
    const row = {
      ...(readFixture('search_device')[0] as object),
      snmp_comm: 'c0mmunity',
      uptime: 12,
    }

    const device = parseDevice(row)

    assert.equal(device?.ip, '192.0.2.11')
    assert.equal(device?.chassisId, 'FOC1947S2LM')
    assert.equal(device?.secondsSinceDiscover, 5400.25)
    assert.deepEqual(device?.moduleSerials, ['FOC1947S2LM'])
    assert.notInclude(JSON.stringify(device), 'c0mmunity')
  })

  test('has no key for a row without a usable address: {$self}')
    .with([null, 17, 'text', [], {}, { ip: null }, { ip: '' }, { ip: 'core-1' }, { ip: ['192.0.2.1'] }])
    .run(({ assert }, row) => {
      assert.isNull(parseDevice(row))
    })

  test('reads numbers and booleans as text, lists and objects as absent', ({ assert }) => {
    const device = parseDevice({
      ip: ' 2001:DB8::5 ',
      serial: 1234567,
      dns: ['a.example'],
      name: { toString: 'x' },
      model: true,
      is_pseudo: true,
      module_serials: [77, null, 'A1', {}],
      since_last_discover: 'soon',
    })

    assert.equal(device?.ip, '2001:db8::5')
    assert.equal(device?.serial, '1234567')
    assert.isNull(device?.dns)
    assert.isNull(device?.name)
    assert.equal(device?.model, 'true')
    assert.isTrue(device?.isPseudo)
    assert.deepEqual(device?.moduleSerials, ['77', 'A1'])
    assert.isNull(device?.secondsSinceDiscover)
  })

  test('is not fooled by keys of the prototype', ({ assert }) => {
    const row = JSON.parse('{"__proto__":{"serial":"EVIL1"},"constructor":"x","ip":"192.0.2.1"}')

    assert.isNull(parseDevice(row)?.serial)
  })

  test("takes the chassis' own model out of the report", ({ assert }) => {
    const rows = readFixture('device_inventory').map(parseInventoryRow)

    const member = rows.find((row) => row?.serial === 'FCW2234L0BB')

    assert.equal(member?.model, 'C9300-24T')
    assert.equal(member?.details, 'Switch 2')
  })

  test('keeps the chassis of a module list and drops the rest', ({ assert }) => {
    const stack = fixtureDevice('192.0.2.21')

    const chassis = readFixture('device_modules').map((row) => parseChassisModule(stack, row))

    assert.deepEqual(
      chassis.flatMap((row) => row?.serial ?? []),
      ['FCW2233L0AA', 'FCW2234L0BB', 'FCW2235L0CC']
    )
  })
})
