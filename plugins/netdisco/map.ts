import type { ClassificationHint, Identifier, JsonObject, Normalizers, Observation } from '@laim/sdk'
import { findAssignedMac, findBaseMac } from './own_mac.js'
import type { DeviceRow } from './schema.js'
import type { Composition, Member } from './stacks.js'
import { VENDOR_NAMES } from './vendor_names.js'

const OBJECT_ID = /^\.?1\.3\.6\.1\.[\d.]+$/
/** What Netdisco writes where it could not tell, and into the rows a person made. */
const UNTOLD = new Set(['unknown', 'pseudodevice'])
const NO_LAYER = /^0*$/

export interface MappingContext {
  readonly normalize: Normalizers
  /** Base URL of the source, for links to its pages. */
  readonly baseUrl: string
  readonly now: Date
}

/** What is known of a device beside its row. */
export interface DeviceFacts {
  readonly composition: Composition
  /** Addresses of its physical ports; read only when the row has no usable one. */
  readonly portMacs: readonly string[]
  /** True when the device may be a stack whose members could not be read: its serial is then no evidence. */
  readonly serialUncertain: boolean
}

/** The device itself, then the boxes it is made of. */
export function toObservations(device: DeviceRow, facts: DeviceFacts, context: MappingContext): Observation[] {
  const members = facts.composition.members.map((member) => toMember(device, member, context))
  return [toDevice(device, facts, context), ...members]
}

function toDevice(device: DeviceRow, facts: DeviceFacts, context: MappingContext): Observation {
  const { normalize } = context
  const hidesSerial = facts.composition.isStack || facts.serialUncertain
  const serial = hidesSerial ? null : (normalize.serial(device.serial) ?? normalize.serial(device.chassisId))
  const baseMac = findBaseMac(device, normalize)
  const assignedMac = findAssignedMac(device, normalize)

  return {
    nativeId: device.ip,
    identifiers: [
      ...identifiers('serial', 'chassis', [serial]),
      ...identifiers('mac', 'base', [baseMac]),
      ...identifiers('mac', 'interface', [...facts.portMacs, baseMac ? null : assignedMac]),
      ...identifiers('hostname', undefined, [normalize.hostname(device.dns), normalize.hostname(device.name)]),
      ...identifiers('ip', 'management', [normalize.ip(device.ip)]),
    ],
    claims: {
      hostname: toHostname(device, normalize),
      serialNumber: serial ?? undefined,
      macAddress: baseMac ?? facts.portMacs[0] ?? assignedMac ?? undefined,
      ipAddress: device.ip,
      vendor: toVendor(device, normalize),
      model: toModel(device.model, normalize),
      firmwareVersion: normalize.text(device.osVersion),
      location: normalize.text(device.location),
    },
    hints: toHints(device, device.model, normalize),
    ...shared(device, context),
    raw: toRaw(device, normalize),
  }
}

/**
 * A member claims what is its own; name and address belong to the stack. It is named after the sysName, which
 * stays the same when Netdisco lists one stack under two addresses.
 */
function toMember(device: DeviceRow, member: Member, context: MappingContext): Observation {
  const { normalize } = context
  const stack = normalize.hostname(device.name) ?? toHostname(device, normalize)
  const name = normalize.text(member.name) ?? member.serial

  return {
    nativeId: toMemberId(device, member),
    identifiers: identifiers('serial', 'member', [member.serial]),
    claims: {
      hostname: normalize.text(`${stack} ${name}`),
      serialNumber: member.serial,
      vendor: toVendor(device, normalize),
      model: toModel(member.model, normalize),
      firmwareVersion: normalize.text(device.osVersion),
      location: normalize.text(device.location),
    },
    hints: toHints(device, member.model, normalize),
    partOf: { nativeId: device.ip, relation: member.relation },
    ...shared(device, context),
  }
}

/** The serial keeps the member's key when the stack numbers its members anew. */
function toMemberId(device: DeviceRow, member: Member): string {
  return `${device.ip}#${member.serial}`.slice(0, 255)
}

function toHostname(device: DeviceRow, normalize: Normalizers): string {
  return normalize.hostname(device.dns) ?? normalize.hostname(device.name) ?? device.ip
}

/** The maker as people know it: `cisco` and `Cisco` would be two in every list. */
function toVendor(device: DeviceRow, normalize: Normalizers): string | undefined {
  const vendor = normalize.text(device.vendor)
  const key = vendor?.toLowerCase() ?? ''
  return device.isPseudo || UNTOLD.has(key) ? undefined : (VENDOR_NAMES.get(key) ?? vendor)
}

/** An object identifier in the model's place only says that SNMP::Info knew no name. */
function toModel(value: string | null, normalize: Normalizers): string | undefined {
  const model = normalize.text(value)
  return model && !UNTOLD.has(model.toLowerCase()) && !OBJECT_ID.test(model) ? model : undefined
}

function toHints(device: DeviceRow, model: string | null, normalize: Normalizers): ClassificationHint[] {
  const objectId = [device.model?.trim()].find((text) => text && OBJECT_ID.test(text))
  const layers = NO_LAYER.test(device.layers ?? '') ? null : device.layers
  const candidates: [ClassificationHint['kind'], string | undefined][] = [
    ['sys_object_id', objectId && `.${objectId.replace(/^\./, '')}`],
    ['sys_descr', normalize.text(device.description, 1024)],
    ['os', normalize.text(device.os)],
    ['vendor', toVendor(device, normalize)],
    ['model', toModel(model, normalize)],
    ['source_type', normalize.text(device.snmpClass)],
    ['layers', normalize.text(layers)],
  ]
  return candidates.flatMap(([kind, value]) => (value ? [{ kind, value }] : []))
}

function identifiers(
  kind: Identifier['kind'],
  role: Identifier['role'],
  values: readonly (string | null)[]
): Identifier[] {
  const present = new Set(values.filter((value) => value !== null))
  return [...present].map((value) => ({ kind, value, ...(role && { role }) }))
}

function shared(device: DeviceRow, { baseUrl, now }: MappingContext) {
  const observedAt = toObservedAt(device, now)
  return {
    ...(observedAt && { observedAt }),
    href: `${baseUrl}/device?tab=details&q=${encodeURIComponent(device.ip)}`,
  }
}

/**
 * When Netdisco last read the device. The server tells the seconds since then, which needs no time zone.
 * Without them its local time is taken as UTC, which is wrong by the server's offset; never in the future.
 */
function toObservedAt(device: DeviceRow, now: Date): string | null {
  if (device.secondsSinceDiscover !== null) {
    const at = new Date(now.getTime() - device.secondsSinceDiscover * 1000)
    return Number.isNaN(at.getTime()) ? null : at.toISOString()
  }
  const at = Date.parse(`${device.lastDiscover?.slice(0, 19).replace(' ', 'T')}Z`)
  return Number.isNaN(at) ? null : new Date(Math.min(at, now.getTime())).toISOString()
}

/** The row for diagnosis: every text short and clean, the description left out. */
function toRaw(device: DeviceRow, normalize: Normalizers): JsonObject {
  const raw: JsonObject = {}
  for (const [field, value] of Object.entries(device)) {
    if (field === 'description' || field === 'moduleSerials') continue
    raw[field] = typeof value === 'string' ? (normalize.text(value) ?? '') : value
  }
  return raw
}
