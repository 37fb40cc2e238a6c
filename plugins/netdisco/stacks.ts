import type { Normalizers } from '@laim/sdk'
import type { ChassisRow, DeviceRow } from './schema.js'

/** Fabric extenders are boxes of their own that hang on a switch; that switch is no stack. */
const EXTENDER = /\bfex\b|\bfex[-_ ]?\d/i

/** A physical box inside a device. */
export interface Member {
  readonly serial: string
  readonly model: string | null
  /** `Switch 2`, `FPC 1`; null where the chassis has no name. */
  readonly name: string | null
  readonly relation: 'stack_member' | 'module'
}

/** The boxes a device is made of. */
export interface Composition {
  /** True when the device is a stack: its serial is one of the members' and not its own. */
  readonly isStack: boolean
  readonly members: readonly Member[]
}

export const SINGLE_BOX: Composition = { isStack: false, members: [] }

/** Chassis rows by the address they were listed under, and by name and serial. */
export class ChassisIndex {
  readonly #byIp = new Map<string, ChassisRow[]>()
  readonly #byNameAndSerial = new Map<string, ChassisRow>()

  constructor(rows: readonly ChassisRow[]) {
    for (const row of rows) {
      const listed = this.#byIp.get(row.ip)
      if (listed) listed.push(row)
      else this.#byIp.set(row.ip, [row])
      this.#byNameAndSerial.set(toKey(row.deviceName, row.serial), row)
    }
  }

  /** How many devices the rows speak of. */
  get deviceCount(): number {
    return this.#byIp.size
  }

  /**
   * The chassis of one device. The report keeps one row for each name and serial: when Netdisco lists one
   * stack under two addresses its rows fall to either, so the serials the device row names are looked up too.
   */
  chassisOf(device: DeviceRow): ChassisRow[] {
    const named = device.moduleSerials
      .map((serial) => this.#byNameAndSerial.get(toKey(device.name, serial)))
      .filter((row) => row !== undefined)
    return [...new Set([...(this.#byIp.get(device.ip) ?? []), ...named])]
  }
}

/** Splits a device only when two or more valid, distinct serials stand under it. */
export function toComposition(chassis: readonly ChassisRow[], normalize: Normalizers): Composition {
  const members = new Map<string, Member>()
  for (const row of chassis) {
    const serial = normalize.serial(row.serial)
    if (!serial) continue
    const relation = EXTENDER.test(row.details ?? '') ? 'module' : 'stack_member'
    const key = serial.toUpperCase()
    if (!members.has(key)) members.set(key, { serial, model: row.model, name: row.details, relation })
  }

  const distinct = [...members.values()].sort((a, b) => compare(a.serial, b.serial))
  const stacked = distinct.filter((member) => member.relation === 'stack_member')
  if (stacked.length >= 2) return { isStack: true, members: distinct }
  return { isStack: false, members: distinct.filter((member) => member.relation === 'module') }
}

/** True when the device row names a valid serial beside the device's own two: perhaps a stack. */
export function mayBeStack(device: DeviceRow, normalize: Normalizers): boolean {
  const own = new Set([device.serial, device.chassisId].map((serial) => normalize.serial(serial)?.toUpperCase()))
  return device.moduleSerials
    .map((serial) => normalize.serial(serial)?.toUpperCase())
    .some((serial) => serial !== undefined && !own.has(serial))
}

function toKey(name: string | null, serial: string | null): string {
  return JSON.stringify([name, serial])
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
