import { isIP } from 'node:net'

/** Names of the columns LAIM asks for: the list parameter `fields` of the search. `snmp_comm` is never one. */
export const DEVICE_FIELDS = [
  'ip',
  'dns',
  'name',
  'vendor',
  'model',
  'serial',
  'chassis_id',
  'mac',
  'os',
  'os_ver',
  'layers',
  'location',
  'description',
  'snmp_class',
  'is_pseudo',
  'last_discover',
] as const

/**
 * A device as `search/device` lists it. Text is what Netdisco sent, untouched: empty strings, any length,
 * any script. The SNMP community that old servers send along does not get past this shape.
 */
export interface DeviceRow {
  /** The canonical address: Netdisco's primary key, without a mask. */
  readonly ip: string
  /** PTR name of `ip`. */
  readonly dns: string | null
  /** sysName. */
  readonly name: string | null
  readonly vendor: string | null
  readonly model: string | null
  readonly serial: string | null
  /** A second serial (not a MAC), often the same. */
  readonly chassisId: string | null
  readonly mac: string | null
  readonly os: string | null
  readonly osVersion: string | null
  /** Eight 0/1 characters, the rightmost is layer 1. */
  readonly layers: string | null
  readonly location: string | null
  /** sysDescr, with its line breaks. */
  readonly description: string | null
  /** `SNMP::Info::Layer3::Juniper`. */
  readonly snmpClass: string | null
  /** A placeholder that a person made; nothing was ever asked over SNMP. */
  readonly isPseudo: boolean
  /** The server's local time, without a zone. */
  readonly lastDiscover: string | null
  /** Seconds since the last discovery; null where the server does not compute it. */
  readonly secondsSinceDiscover: number | null
  /** Serials of the device and of its chassis modules; empty where the server does not list them. */
  readonly moduleSerials: readonly string[]
}

/** One chassis: a row of the device inventory report, or a module of class `chassis`. */
export interface ChassisRow {
  readonly ip: string
  readonly deviceName: string | null
  /** entPhysicalName, such as `Switch 2`. */
  readonly details: string | null
  /** The chassis' own model; the report writes `model|model of the device` where they differ. */
  readonly model: string | null
  readonly serial: string | null
}

export interface PortRow {
  readonly type: string | null
  readonly mac: string | null
}

type Row = Record<string, unknown>

/** null for what has no usable address: such a row has no key. */
export function parseDevice(value: unknown): DeviceRow | null {
  const row = toRow(value)
  const ip = row && toText(row.ip)?.trim().toLowerCase()
  if (!row || !ip || isIP(ip) === 0) return null

  return {
    ip,
    dns: toText(row.dns),
    name: toText(row.name),
    vendor: toText(row.vendor),
    model: toText(row.model),
    serial: toText(row.serial),
    chassisId: toText(row.chassis_id),
    mac: toText(row.mac),
    os: toText(row.os),
    osVersion: toText(row.os_ver),
    layers: toText(row.layers),
    location: toText(row.location),
    description: toText(row.description),
    snmpClass: toText(row.snmp_class),
    isPseudo: ['1', 'true'].includes(toText(row.is_pseudo) ?? ''),
    lastDiscover: toText(row.last_discover),
    secondsSinceDiscover: toSeconds(row.since_last_discover),
    moduleSerials: toTexts(row.module_serials),
  }
}

/** A row of `report/device/deviceinventory`; null without an address. */
export function parseInventoryRow(value: unknown): ChassisRow | null {
  const row = toRow(value)
  const ip = row && toText(row.ip)?.trim().toLowerCase()
  if (!row || !ip) return null

  return {
    ip,
    deviceName: toText(row.device_name),
    details: toText(row.device_details),
    model: toText(row.model)?.split('|')[0] ?? null,
    serial: toText(row.serial),
  }
}

/** A row of `object/device/{ip}/modules`; null for what is not a chassis. */
export function parseChassisModule(device: DeviceRow, value: unknown): ChassisRow | null {
  const row = toRow(value)
  if (!row || toText(row.class) !== 'chassis') return null

  return {
    ip: device.ip,
    deviceName: device.name,
    details: toText(row.name),
    model: toText(row.model) || device.model,
    serial: toText(row.serial),
  }
}

/** A row of `object/device/{ip}/ports`. */
export function parsePort(value: unknown): PortRow | null {
  const row = toRow(value)
  return row && { type: toText(row.type), mac: toText(row.mac) }
}

function toRow(value: unknown): Row | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : null
}

/** Numbers and booleans become text; lists and objects are no text and count as absent. */
function toText(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function toTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(toText).filter((text) => text !== null) : []
}

/** The server sends seconds as text with a fraction: `"36580.503915"`. */
function toSeconds(value: unknown): number | null {
  const seconds = Number.parseFloat(toText(value) ?? '')
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}
