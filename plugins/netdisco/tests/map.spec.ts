import { test } from '@japa/runner'
import type { Observation } from '@laim/sdk'
import { toObservations, type DeviceFacts } from '../map.js'
import { parseInventoryRow, type DeviceRow } from '../schema.js'
import { ChassisIndex, SINGLE_BOX, toComposition } from '../stacks.js'
import { fixtureDevice, readFixture } from './fixtures.js'
import { normalizers as normalize } from '#services/sources/normalizers'

const now = new Date('2026-11-20T06:00:00.000Z')
const context = { normalize, baseUrl: 'https://nms.example.org/netdisco', now }
const plain: DeviceFacts = { composition: SINGLE_BOX, portMacs: [], serialUncertain: false }

function map(device: DeviceRow, facts: Partial<DeviceFacts> = {}): Observation[] {
  return toObservations(device, { ...plain, ...facts }, context)
}

function first(device: DeviceRow, facts: Partial<DeviceFacts> = {}): Observation {
  return map(device, facts)[0]!
}

function values(observation: Observation, kind: string, role?: string): string[] {
  return observation.identifiers
    .filter((identifier) => identifier.kind === kind && (!role || identifier.role === role))
    .map((identifier) => identifier.value)
}

test.group('Netdisco mapping', () => {
  test('claims what the row says of a switch', ({ assert }) => {
    const seen = first(fixtureDevice('192.0.2.11'))

    assert.equal(seen.nativeId, '192.0.2.11')
    assert.deepEqual(seen.claims, {
      hostname: 'sw-a1.lab.example',
      serialNumber: 'FOC1947S2LM',
      macAddress: '001b547c1080',
      ipAddress: '192.0.2.11',
      vendor: 'Cisco',
      model: 'WS-C2960X-24TS-L',
      firmwareVersion: '15.2(7)E4',
      location: 'Room 2265, rack A1',
    })
    assert.deepEqual(seen.identifiers, [
      { kind: 'serial', value: 'FOC1947S2LM', role: 'chassis' },
      { kind: 'mac', value: '001b547c1080', role: 'base' },
      { kind: 'hostname', value: 'sw-a1.lab.example' },
      { kind: 'hostname', value: 'sw-a1' },
      { kind: 'ip', value: '192.0.2.11', role: 'management' },
    ])
    assert.deepEqual(seen.hints, [
      { kind: 'sys_descr', value: 'Cisco IOS Software, C2960X Software Version 15.2(7)E4' },
      { kind: 'os', value: 'ios' },
      { kind: 'vendor', value: 'Cisco' },
      { kind: 'model', value: 'WS-C2960X-24TS-L' },
      { kind: 'source_type', value: 'SNMP::Info::Layer2::C2900' },
      { kind: 'layers', value: '00000010' },
    ])
    assert.equal(seen.href, 'https://nms.example.org/netdisco/device?tab=details&q=192.0.2.11')
  })

  test('names a device by its DNS name, else its sysName, else its address', ({ assert }) => {
    assert.equal(first(fixtureDevice('192.0.2.32')).claims.hostname, 'srv-f')
    assert.equal(first(fixtureDevice('192.0.2.42')).claims.hostname, '192.0.2.42')
    assert.deepEqual(values(first(fixtureDevice('192.0.2.42')), 'hostname'), [])
  })

  test('writes makers as they write themselves, and keeps those it does not know', ({ assert }) => {
    const vendors = ['paloalto', 'Cisco', 'net-snmp', 'Acme Networks GmbH', 'unknown', 'constructor'].map(
      (vendor) => first({ ...fixtureDevice('192.0.2.11'), vendor }).claims.vendor
    )

    assert.deepEqual(vendors, [
      'Palo Alto Networks',
      'Cisco',
      'net-snmp',
      'Acme Networks GmbH',
      undefined,
      'constructor',
    ])
  })

  test('takes no placeholder for a name', ({ assert }) => {
    const device = { ...fixtureDevice('192.0.2.11'), dns: 'localhost', name: '(none)' }

    assert.equal(first(device).claims.hostname, '192.0.2.11')
  })

  test('claims nothing where Netdisco says nothing', ({ assert }) => {
    const { claims } = first(fixtureDevice('192.0.2.42'))

    const given = Object.entries(claims).filter(([, value]) => value !== undefined)
    assert.deepEqual(given, [
      ['hostname', '192.0.2.42'],
      ['ipAddress', '192.0.2.42'],
    ])
  })

  test('takes no placeholder for a serial and no object identifier for a model', ({ assert }) => {
    const seen = first(fixtureDevice('192.0.2.32'))

    assert.isUndefined(seen.claims.serialNumber)
    assert.isUndefined(seen.claims.model)
    assert.deepEqual(values(seen, 'serial'), [])
    assert.deepInclude(seen.hints, { kind: 'sys_object_id', value: '.1.3.6.1.4.1.8072.3.2.10' })
  })

  test('falls back to the second serial', ({ assert }) => {
    const device = { ...fixtureDevice('192.0.2.11'), serial: 'N/A', chassisId: 'FOC1947S2LM' }

    assert.equal(first(device).claims.serialNumber, 'FOC1947S2LM')
  })

  test('offers one serial only, because two would contradict each other', ({ assert }) => {
    assert.deepEqual(values(first(fixtureDevice('2001:db8:5::9')), 'serial'), ['CN0J4TY7DND0091E0044'])
  })

  test('uses the lowest port address when the device has none of its own', ({ assert }) => {
    const seen = first(fixtureDevice('192.0.2.31'), { portMacs: ['001b54f10001', '001b54f10002'] })

    assert.equal(seen.claims.macAddress, '001b54f10001')
    assert.deepEqual(values(seen, 'mac', 'interface'), ['001b54f10001', '001b54f10002'])
    assert.deepEqual(values(seen, 'mac', 'base'), [])
  })

  test('shows an assigned address and does not rest on it', ({ assert }) => {
    const seen = first(fixtureDevice('192.0.2.33'))

    assert.equal(seen.claims.macAddress, '06ecda102030')
    assert.deepEqual(values(seen, 'mac', 'base'), [])
  })

  test('keeps a placeholder device by name and address alone', ({ assert }) => {
    const seen = first(fixtureDevice('192.0.2.41'))

    assert.equal(seen.claims.hostname, 'isp-uplink')
    assert.isUndefined(seen.claims.vendor)
    assert.isUndefined(seen.claims.model)
    assert.isUndefined(seen.observedAt)
  })

  test('keeps names of any script', ({ assert }) => {
    assert.include(values(first(fixtureDevice('2001:db8:5::9')), 'hostname'), 'přepínač ☃')
  })

  test('lets a stack claim no serial and its members claim theirs', ({ assert }) => {
    const device = fixtureDevice('192.0.2.21')
    const rows = readFixture('device_inventory').map(parseInventoryRow)
    const index = new ChassisIndex(rows.filter((row) => row !== null))

    const [stack, ...members] = map(device, {
      composition: toComposition(index.chassisOf(device), normalize),
    })

    assert.isUndefined(stack?.claims.serialNumber)
    assert.deepEqual(values(stack!, 'serial'), [])
    assert.deepEqual(values(stack!, 'mac', 'base'), ['001b54aa2000'])
    assert.deepEqual(
      members.map((member) => member.nativeId),
      ['192.0.2.21#FCW2233L0AA', '192.0.2.21#FCW2234L0BB', '192.0.2.21#FCW2235L0CC']
    )
    assert.deepEqual(members[1]?.partOf, { nativeId: '192.0.2.21', relation: 'stack_member' })
    assert.deepEqual(members[1]?.identifiers, [{ kind: 'serial', value: 'FCW2234L0BB', role: 'member' }])
    assert.equal(members[1]?.claims.hostname, 'stack-b Switch 2')
    assert.equal(members[1]?.claims.model, 'C9300-24T')
    assert.isUndefined(members[1]?.claims.ipAddress)
  })

  test('gives no serial for what may be a stack whose members are unknown', ({ assert }) => {
    const seen = first(fixtureDevice('192.0.2.21'), { serialUncertain: true })

    assert.isUndefined(seen.claims.serialNumber)
    assert.deepEqual(values(seen, 'serial'), [])
  })

  test('knows the time of the last discovery without knowing the time zone', ({ assert }) => {
    assert.equal(first(fixtureDevice('192.0.2.11')).observedAt, '2026-11-20T04:29:59.750Z')
  })

  test("takes the server's clock for UTC on servers that do not tell the seconds", ({ assert }) => {
    const device = { ...fixtureDevice('192.0.2.11'), secondsSinceDiscover: null }

    assert.equal(first(device).observedAt, '2026-11-20T04:30:00.000Z')
    assert.equal(first({ ...device, lastDiscover: '2026-11-20 09:00:00.123' }).observedAt, now.toISOString())
    assert.isUndefined(first({ ...device, lastDiscover: 'yesterday' }).observedAt)
  })

  test('keeps a short, clean copy of the row for diagnosis', ({ assert }) => {
    const device = {
      ...fixtureDevice('192.0.2.11'),
      name: 'x'.repeat(100_000),
      location: 'a\u0000b',
    }

    const { raw } = first(device)

    assert.isBelow(JSON.stringify(raw).length, 2000)
    assert.equal(raw?.location, 'ab')
    assert.notProperty(raw, 'description')
  })
})
