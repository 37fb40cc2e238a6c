import type { ClassificationHint, Identifier, JsonObject, Normalizers, Observation } from '@laim/sdk'
import type { DevicePorts } from './port_macs.js'
import type { DeviceRow } from './schema.js'
import type { Composition, Member } from './stacks.js'
import { findVendor, makerOf } from './vendor.js'

export interface MappingContext {
  readonly normalize: Normalizers
  /** Base URL of the source, for links to its pages. */
  readonly baseUrl: string
  readonly now: Date
}

/** What is known of a device beside its row. */
export interface DeviceFacts {
  /** Null when its ports could not be read. */
  readonly ports: DevicePorts | null
  readonly composition: Composition
  /** True when the device may be a stack whose members could not be read: its serial is then no evidence. */
  readonly isUncertain: boolean
}

/** The device itself, then the boxes it is made of. */
export function toObservations(device: DeviceRow, facts: DeviceFacts, context: MappingContext): Observation[] {
  const { members } = facts.composition
  return [toDevice(device, facts, context), ...members.map((member) => toMember(device, member, context))]
}

function toDevice(device: DeviceRow, facts: DeviceFacts, context: MappingContext): Observation {
  const { normalize } = context
  const { ports } = facts
  const serial = toSerial(device, facts, normalize)
  const ip = toIp(device, normalize)

  return {
    nativeId: device.id,
    identifiers: [
      ...identifiers('serial', 'chassis', [serial]),
      ...identifiers('mac', 'interface', ports?.identifyingMacs ?? []),
      ...identifiers('hostname', undefined, namesOf(device, normalize)),
      ...identifiers('ip', 'management', [ip]),
    ],
    claims: {
      hostname: toHostname(device, normalize),
      serialNumber: serial ?? undefined,
      macAddress: ports?.ownMac ?? undefined,
      ipAddress: ip ?? undefined,
      vendor: findVendor(device),
      model: normalize.text(device.hardware),
      firmwareVersion: normalize.text(device.version),
      location: normalize.text(device.location),
    },
    hints: toHints(device, device.hardware, normalize),
    ...shared(device, context),
    raw: toRaw(device, normalize),
  }
}

/** A member claims what is its own; name and address belong to the stack. */
function toMember(device: DeviceRow, member: Member, context: MappingContext): Observation {
  const { normalize } = context
  const name = normalize.text(member.name) ?? member.serial
  const model = normalize.text(member.model)

  return {
    nativeId: `${device.id}#${member.serial}`,
    identifiers: identifiers('serial', 'member', [member.serial]),
    claims: {
      hostname: normalize.text(`${toHostname(device, normalize)} ${name}`),
      serialNumber: member.serial,
      vendor: makerOf(member.maker) ?? findVendor(device),
      model,
      firmwareVersion: normalize.text(member.softwareVersion) ?? normalize.text(device.version),
      location: normalize.text(device.location),
    },
    hints: toHints(device, model ?? null, normalize),
    partOf: { nativeId: device.id, relation: 'stack_member' },
    ...shared(device, context),
  }
}

/** A stack's serial is one member's, and another one's after a change of the master: it claims none. */
function toSerial(device: DeviceRow, facts: DeviceFacts, normalize: Normalizers): string | null {
  if (facts.isUncertain || facts.composition.members.length > 0) return null
  return normalize.serial(device.serial) ?? facts.composition.serial
}

/**
 * The address LibreNMS polls. Devices that were added by name and never polled have none; the operator may have
 * typed one instead.
 */
function toIp(device: DeviceRow, normalize: Normalizers): string | null {
  return normalize.ip(device.ip) ?? normalize.ip(device.overwriteIp) ?? normalize.ip(device.hostname)
}

function toHostname(device: DeviceRow, normalize: Normalizers): string {
  const [name] = namesOf(device, normalize)
  const label = device.display?.includes('{') ? null : normalize.hostname(device.display)
  return name ?? label ?? toIp(device, normalize) ?? device.hostname ?? device.id
}

/** The typed name, unless it is an address, and the name the device gives itself. */
function namesOf(device: DeviceRow, normalize: Normalizers): string[] {
  const typed = normalize.ip(device.hostname) ? null : normalize.hostname(device.hostname)
  return [typed, normalize.hostname(device.sysName)].filter((name) => name !== null)
}

function toHints(device: DeviceRow, model: string | null, normalize: Normalizers): ClassificationHint[] {
  const candidates: [ClassificationHint['kind'], string | undefined][] = [
    ['sys_object_id', normalize.text(device.sysObjectId)],
    ['sys_descr', normalize.text(device.sysDescr, 1024)],
    ['os', normalize.text(device.os)],
    ['source_type', normalize.text(device.type)],
    ['vendor', findVendor(device)],
    ['model', normalize.text(model)],
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
  return { ...(observedAt && { observedAt }), href: `${baseUrl}/device/${device.id}` }
}

/**
 * When LibreNMS last read the device. Its database rows carry the server's local time without a zone: it is taken
 * for UTC, which is wrong by the server's offset, and never for a time in the future.
 */
function toObservedAt({ lastPolled }: DeviceRow, now: Date): string | null {
  if (!lastPolled) return null
  const at = Date.parse(lastPolled.includes('T') ? lastPolled : `${lastPolled.replace(' ', 'T')}Z`)
  return Number.isNaN(at) ? null : new Date(Math.min(at, now.getTime())).toISOString()
}

/** The row for diagnosis, of the fields that are read at all: every text short and clean. */
function toRaw(device: DeviceRow, normalize: Normalizers): JsonObject {
  const raw: JsonObject = {}
  for (const [field, value] of Object.entries(device)) {
    if (field !== 'sysDescr') raw[field] = typeof value === 'string' ? (normalize.text(value) ?? '') : value
  }
  return raw
}
