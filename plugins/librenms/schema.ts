/*
| What is read of LibreNMS's rows. Fields are picked one by one the moment a row arrives: `/devices` has no column
| selection and sends the SNMP secrets (community, authname, authpass, cryptopass) with every device.
*/

/** Longest text that is kept of a field; what is longer is cut by core later anyway. */
const MAX_TEXT = 1024
const DIGITS = /^[1-9]\d{0,14}$/

export interface DeviceRow {
  /** `device_id`, as decimal text. */
  readonly id: string
  /** What an operator typed when adding the device: a DNS name or an address. */
  readonly hostname: string | null
  readonly sysName: string | null
  /** A label, or a template such as `{{ $sysName_fallback }}`. */
  readonly display: string | null
  /** The address LibreNMS polls. */
  readonly ip: string | null
  readonly overwriteIp: string | null
  readonly hardware: string | null
  readonly version: string | null
  readonly features: string | null
  readonly os: string | null
  readonly type: string | null
  readonly serial: string | null
  readonly sysDescr: string | null
  readonly sysObjectId: string | null
  readonly location: string | null
  /** Answers ping or SNMP now; null when LibreNMS does not say. */
  readonly isUp: boolean | null
  /** Not polled any more, and still listed. */
  readonly isDisabled: boolean
  /** Only pinged: it never has hardware, serial, version or ports. */
  readonly isPingOnly: boolean
  /** `2026-11-22 06:15:01` in the server's time, or ISO 8601. */
  readonly lastPolled: string | null
}

export interface PortRow {
  readonly deviceId: string | null
  readonly name: string
  /** IANA ifType name; empty when unknown. */
  readonly type: string
  readonly mac: string
}

/** A row of ENTITY-MIB that names a chassis. */
export interface ChassisRow {
  readonly isStackRow: boolean
  readonly serial: string
  readonly model: string | null
  readonly name: string | null
  readonly maker: string | null
  readonly softwareVersion: string | null
}

/**
 * Reads a device of either dialect: `/devices` gives database rows (0 and 1, numbers as text on old drivers),
 * `/devices/{id}` a model (true and false, `ip` null instead of empty). Null without a usable id.
 */
export function parseDevice(value: unknown): DeviceRow | null {
  const row = toRecord(value)
  const id = toId(row.device_id)
  if (!id) return null
  const os = toText(row.os)
  return {
    id,
    hostname: toText(row.hostname),
    sysName: toText(row.sysName),
    display: toText(row.display),
    ip: toText(row.ip),
    overwriteIp: toText(row.overwrite_ip),
    hardware: toText(row.hardware),
    version: toText(row.version),
    features: toText(row.features),
    os,
    type: toText(row.type),
    serial: toText(row.serial),
    sysDescr: toText(row.sysDescr),
    sysObjectId: toText(row.sysObjectID),
    location: toText(row.location) ?? toText(toRecord(row.location).location),
    isUp: toFlag(row.status),
    isDisabled: toFlag(row.disabled) ?? false,
    isPingOnly: os === 'ping' || (toFlag(row.snmp_disable) ?? false),
    lastPolled: toText(row.last_polled),
  }
}

/** `device_id` is missing in the ports of one device. */
export function parsePort(value: unknown): PortRow {
  const row = toRecord(value)
  return {
    deviceId: toId(row.device_id),
    name: toText(row.ifName) ?? '',
    type: toText(row.ifType) ?? '',
    mac: toText(row.ifPhysAddress) ?? '',
  }
}

/** Null for rows of other classes and for those without a serial. */
export function parseChassis(value: unknown): ChassisRow | null {
  const row = toRecord(value)
  const serial = toText(row.entPhysicalSerialNum)
  const kind = row.entPhysicalClass
  if (!serial || (kind !== 'chassis' && kind !== 'stack')) return null
  return {
    isStackRow: kind === 'stack',
    serial,
    model: toText(row.entPhysicalModelName),
    name: toText(row.entPhysicalName),
    maker: toText(row.entPhysicalMfgName),
    softwareVersion: toText(row.entPhysicalSoftwareRev),
  }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function toId(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return DIGITS.test(text) ? text : null
}

/** Null for nothing, blanks and what is not text. */
function toText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') return null
  return value.slice(0, MAX_TEXT).trim() || null
}

function toFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === '1') return true
  return value === 0 || value === '0' ? false : null
}
