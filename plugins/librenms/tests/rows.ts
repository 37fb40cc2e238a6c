import { DevicePorts } from '../port_macs.js'
import { parseDevice, type DeviceRow } from '../schema.js'

/** A device as `/devices` lists it, with what a test cares about. */
export function deviceRow(values: Record<string, unknown> = {}): DeviceRow {
  const row = parseDevice({
    device_id: 42,
    hostname: 'sw-2265-a1-01.lab.example',
    sysName: 'sw-2265-a1-01',
    ip: '10.65.10.11',
    os: 'iosxe',
    type: 'network',
    hardware: 'C9300-48P',
    version: '17.9.4a',
    serial: 'FOC2345A1B2',
    sysDescr: 'Cisco IOS Software',
    sysObjectID: '.1.3.6.1.4.1.9.1.2494',
    location: 'Room 2265, rack A1',
    status: 1,
    disabled: 0,
    last_polled: '2026-11-22 06:15:01',
    ...values,
  })
  if (!row) throw new Error('The row of the test has no id')
  return row
}

/** Ports given as name, type and address. */
export function ports(...rows: readonly (readonly [string, string, string])[]): DevicePorts {
  const collected = new DevicePorts()
  for (const [name, type, mac] of rows) collected.add({ deviceId: '42', name, type, mac })
  return collected
}
