import { test } from '@japa/runner'
import type { Observation } from '@laim/sdk'
import { normalizers } from '#services/sources/normalizers'
import { toObservations, type DeviceFacts } from '../map.js'
import type { DeviceRow } from '../schema.js'
import { UNASKED } from '../stacks.js'
import { deviceRow, ports } from './rows.js'

const CONTEXT = {
  normalize: normalizers,
  baseUrl: 'https://nms.example.org/librenms',
  now: new Date('2026-11-22T08:00:00Z'),
}
const MEMBERS = [
  { serial: 'FOC2345A1B2', model: 'C9300-48P', name: 'Switch 1', maker: 'Cisco', softwareVersion: '17.9.4a' },
  { serial: 'FOC2345Z9Y8', model: 'C9300-24T', name: 'Switch 2', maker: null, softwareVersion: null },
]

function map(device: DeviceRow, facts: Partial<DeviceFacts> = {}): Observation[] {
  return toObservations(device, { ports: ports(), composition: UNASKED, isUncertain: false, ...facts }, CONTEXT)
}

function mapOne(values: Record<string, unknown>, facts: Partial<DeviceFacts> = {}): Observation {
  return map(deviceRow(values), facts)[0]!
}

function serialsOf(observation: Observation): string[] {
  return observation.identifiers.filter(({ kind }) => kind === 'serial').map(({ value }) => value)
}

test.group('LibreNMS mapping', () => {
  test('claims what the row says, field by field', ({ assert }) => {
    const seen = mapOne({}, { ports: ports(['Gi0/0', 'ethernetCsmacd', '70db98000180']) })

    assert.equal(seen.nativeId, '42')
    assert.deepEqual(seen.claims, {
      hostname: 'sw-2265-a1-01.lab.example',
      serialNumber: 'FOC2345A1B2',
      macAddress: '70db98000180',
      ipAddress: '10.65.10.11',
      vendor: 'Cisco',
      model: 'C9300-48P',
      firmwareVersion: '17.9.4a',
      location: 'Room 2265, rack A1',
    })
    assert.equal(seen.href, 'https://nms.example.org/librenms/device/42')
    assert.equal(seen.observedAt, '2026-11-22T06:15:01.000Z')
  })

  test('gives serial, port addresses, both names and the address as evidence', ({ assert }) => {
    const seen = mapOne({}, { ports: ports(['Gi0/0', 'ethernetCsmacd', '70db98000180']) })

    assert.deepEqual(seen.identifiers, [
      { kind: 'serial', value: 'FOC2345A1B2', role: 'chassis' },
      { kind: 'mac', value: '70db98000180', role: 'interface' },
      { kind: 'hostname', value: 'sw-2265-a1-01.lab.example' },
      { kind: 'hostname', value: 'sw-2265-a1-01' },
      { kind: 'ip', value: '10.65.10.11', role: 'management' },
    ])
  })

  test('takes {expected} for the host name of {$i}')
    .with([
      { values: { hostname: 'core.lab.example' }, expected: 'core.lab.example' },
      { values: { hostname: '10.65.10.11', sysName: 'core-sw' }, expected: 'core-sw' },
      { values: { hostname: '2001:db8::1', sysName: 'core-sw' }, expected: 'core-sw' },
      {
        values: { hostname: '10.65.10.11', sysName: null, display: 'Core switch' },
        expected: 'Core switch',
      },
      {
        values: { hostname: '10.65.10.11', sysName: null, display: '{{ $sysName_fallback }}' },
        expected: '10.65.10.11',
      },
      { values: { hostname: '10.65.10.11', sysName: 'localhost' }, expected: '10.65.10.11' },
      { values: { hostname: null, sysName: null, ip: '' }, expected: '42' },
    ])
    .run(({ assert }, { values, expected }) => {
      assert.equal(mapOne(values).claims.hostname, expected)
    })

  test('shows the address that was typed when LibreNMS has polled none yet', ({ assert }) => {
    assert.equal(mapOne({ ip: '', hostname: '10.65.10.77' }).claims.ipAddress, '10.65.10.77')
    assert.equal(mapOne({ ip: null, overwrite_ip: '10.65.10.78' }).claims.ipAddress, '10.65.10.78')
    assert.isUndefined(mapOne({ ip: null, hostname: 'sw.lab.example' }).claims.ipAddress)
  })

  test('claims no serial for the junk that {$self} is')
    .with(['Unknown', 'N/A', '<private>', '000000000000', 'To be filled by O.E.M.', '', '123456789'])
    .run(({ assert }, serial) => {
      const seen = mapOne({ serial })

      assert.isUndefined(seen.claims.serialNumber)
      assert.isEmpty(serialsOf(seen))
    })

  test('has no opinion on addresses when the ports could not be read', ({ assert }) => {
    const seen = mapOne({}, { ports: null })

    assert.isUndefined(seen.claims.macAddress)
    assert.isFalse(seen.identifiers.some(({ kind }) => kind === 'mac'))
  })

  test('takes the serial from the inventory when the row has none', ({ assert }) => {
    const composition = { members: [], serial: 'FOC1111X2X3' }

    assert.equal(mapOne({ serial: null }, { composition }).claims.serialNumber, 'FOC1111X2X3')
    assert.equal(mapOne({}, { composition }).claims.serialNumber, 'FOC2345A1B2')
  })

  test('makes a stack a parent without a serial, and each chassis a record of its own', ({ assert }) => {
    const composition = { members: MEMBERS, serial: null }

    const [parent, first, second] = map(deviceRow({ serial: 'FOC2345A1B2' }), { composition })

    assert.isUndefined(parent!.claims.serialNumber)
    assert.isEmpty(serialsOf(parent!))
    assert.equal(first!.nativeId, '42#FOC2345A1B2')
    assert.deepEqual(first!.partOf, { nativeId: '42', relation: 'stack_member' })
    assert.deepEqual(first!.identifiers, [{ kind: 'serial', value: 'FOC2345A1B2', role: 'member' }])
    assert.equal(second!.claims.hostname, 'sw-2265-a1-01.lab.example Switch 2')
    assert.equal(second!.claims.model, 'C9300-24T')
    assert.equal(second!.claims.vendor, 'Cisco')
    assert.equal(second!.claims.firmwareVersion, '17.9.4a')
    assert.isUndefined(second!.claims.ipAddress)
  })

  test('claims no serial for what may be a stack and was not asked', ({ assert }) => {
    assert.isUndefined(mapOne({}, { isUncertain: true }).claims.serialNumber)
  })

  test('hands on what tells the kind of device', ({ assert }) => {
    assert.deepEqual(mapOne({}).hints, [
      { kind: 'sys_object_id', value: '.1.3.6.1.4.1.9.1.2494' },
      { kind: 'sys_descr', value: 'Cisco IOS Software' },
      { kind: 'os', value: 'iosxe' },
      { kind: 'source_type', value: 'network' },
      { kind: 'vendor', value: 'Cisco' },
      { kind: 'model', value: 'C9300-48P' },
    ])
  })

  test('keeps markup, formulas and other scripts as the text they are', ({ assert }) => {
    const seen = mapOne({
      hardware: '<script>alert(1)</script>',
      location: '=HYPERLINK("http://192.0.2.1")',
      hostname: '10.0.0.1',
      sysName: '会议室-摄像头',
    })

    assert.equal(seen.claims.model, '<script>alert(1)</script>')
    assert.equal(seen.claims.location, '=HYPERLINK("http://192.0.2.1")')
    assert.equal(seen.claims.hostname, '会议室-摄像头')
  })

  test('never claims that LibreNMS saw a device in the future', ({ assert }) => {
    const ahead = mapOne({ last_polled: '2026-11-22 11:00:00' })
    const model = mapOne({ last_polled: '2026-11-22T06:15:01.000000Z' })

    assert.equal(ahead.observedAt, '2026-11-22T08:00:00.000Z')
    assert.equal(model.observedAt, '2026-11-22T06:15:01.000Z')
    assert.isUndefined(mapOne({ last_polled: null }).observedAt)
  })
})
