import { readFileSync } from 'node:fs'
import { parseDevice, type DeviceRow } from '../schema.js'

/** A body of the fixtures folder: invented values in Netdisco's shapes. */
export function readFixture(name: string): unknown[] {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'))
}

/** The device of `search_device.json` with this address. */
export function fixtureDevice(ip: string): DeviceRow {
  const devices = readFixture('search_device').map(parseDevice)
  const device = devices.find((row) => row?.ip === ip)
  if (!device) throw new Error(`There is no device ${ip} in the fixtures`)
  return device
}
