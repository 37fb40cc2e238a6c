import { type Claims, type Identifier, type Observation } from '@laim/sdk'
import { CLAIMED_FIELDS, type ClaimedField } from '#core/assets/asset'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { isFactoryHostname, parseHostname, toHostnameKey } from '#core/assets/hostname'
import { isLocalIpAddress, parseIpAddress } from '#core/assets/ip_address'
import { classifyMac, parseMacAddress } from '#core/assets/mac_address'
import { parseSerialNumber, toSerialKey } from '#core/assets/serial_number'
import { parseText } from '#core/assets/text'
import { contentHash } from './content_hash.js'
import { identifierStrength } from './identifier_strength.js'
import { type ClaimValues, type EvidenceIdentifier, type NormalObservation } from './types.js'

/** Longest texts that are kept of a source, by field. */
const MAX_LENGTH: Partial<Record<ClaimedField, number>> = { firmwareVersion: 500 }
const MAX_HINT = 1000
const MAX_IDENTIFIERS = 96
const MAX_NATIVE_ID = 255
const MAX_RAW_BYTES = 32 * 1024

/** Why a record of a source cannot be used. */
export interface Rejection {
  readonly nativeId: string | null
  readonly code: string
  readonly message: string
}

/** Brings what a source says into canonical form. Nothing of it is trusted: not its types, lengths or characters. */
export function normalizeObservation(observation: Observation, mappingVersion: number): NormalObservation | Rejection {
  const nativeId = parseText(observation.nativeId, MAX_NATIVE_ID + 1)
  if (!nativeId || nativeId.length > MAX_NATIVE_ID) {
    return { nativeId: null, code: 'E_NO_NATIVE_ID', message: 'A record has no usable key' }
  }
  const claims = normalizeClaims(observation.claims ?? {})
  const content = {
    claims,
    identifiers: normalizeIdentifiers(observation.identifiers ?? [], claims),
    hints: normalizeHints(observation.hints ?? []),
    partOf: normalizePartOf(observation.partOf),
  }
  return {
    ...content,
    nativeId,
    observedAt: normalizeTime(observation.observedAt),
    href: /^https?:\/\//i.test(observation.href ?? '') ? observation.href!.slice(0, 2000) : null,
    /** Made when it is stored: what did not change needs none. */
    get raw() {
      return normalizeRaw(observation.raw)
    },
    contentHash: contentHash(content, mappingVersion),
  }
}

export function isRejection(result: NormalObservation | Rejection): result is Rejection {
  return 'code' in result
}

function normalizeClaims(claims: Claims): ClaimValues {
  const values: ClaimValues = {}
  for (const field of CLAIMED_FIELDS) {
    const claim = claims[field]
    const value = claim === null || claim === undefined ? claim : normalizeClaim(field, claim, claims)
    if (value !== undefined) {
      values[field] = value
    }
  }
  return values
}

/** Undefined for what says nothing: blank text, junk, a malformed address. */
function normalizeClaim(field: ClaimedField, claim: string, claims: Claims): string | undefined {
  switch (field) {
    case 'hostname':
      return parseHostname(claim) ?? undefined
    case 'serialNumber':
      return parseSerialNumber(claim, claims) ?? undefined
    case 'macAddress':
      return parseMacAddress(claim) ?? undefined
    case 'ipAddress':
      return parseIpAddress(claim) ?? undefined
    case 'assetType':
      return ASSET_TYPES.find(({ name }) => name === parseText(claim))?.name
    case 'vendor':
    case 'model':
    case 'firmwareVersion':
    case 'location':
      return parseText(claim, MAX_LENGTH[field] ?? 255) ?? undefined
  }
}

function normalizeIdentifiers(identifiers: readonly Identifier[], claims: ClaimValues): EvidenceIdentifier[] {
  const unique = new Map<string, EvidenceIdentifier>()
  for (const identifier of identifiers.slice(0, MAX_IDENTIFIERS)) {
    const normal = normalizeIdentifier(identifier, claims)
    const key = normal && `${normal.kind} ${normal.value}`
    if (normal && key && (unique.get(key)?.strength ?? 'weak') !== 'strong') {
      unique.set(key, normal)
    }
  }
  return [...unique.values()]
}

function normalizeIdentifier(identifier: Identifier, claims: ClaimValues): EvidenceIdentifier | null {
  const role = identifier.role ?? 'unknown'
  const as = (
    kind: EvidenceIdentifier['kind'],
    value: string | null,
    isEvidence: boolean
  ): EvidenceIdentifier | null =>
    value ? { kind, value, role, strength: identifierStrength(kind, role, isEvidence) } : null

  switch (identifier.kind) {
    case 'serial': {
      const serial = parseSerialNumber(identifier.value, claims)
      return as('serial', serial && toSerialKey(serial), true)
    }
    case 'mac': {
      const mac = parseMacAddress(identifier.value)
      return as('mac', mac, classifyMac(mac) === 'physical')
    }
    case 'uuid':
      return as('uuid', parseUuid(identifier.value), true)
    case 'hostname': {
      const name = parseHostname(identifier.value)
      return name && !isFactoryHostname(name) ? as('hostname', toHostnameKey(name), true) : null
    }
    case 'ip': {
      const ip = parseIpAddress(identifier.value)
      return ip && !isLocalIpAddress(ip) ? as('ip', ip, true) : null
    }
    case 'asset_tag':
      return null
  }
}

/** SMBIOS UUIDs that boards carry when nobody set one. */
const JUNK_UUIDS = new Set(['03000200-0400-0500-0006-000700080009'])

function parseUuid(input: unknown): string | null {
  const text = typeof input === 'string' ? input.trim().toLowerCase() : ''
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
  return isUuid && !/^[0f-]+$/.test(text) && !JUNK_UUIDS.has(text) ? text : null
}

function normalizeHints(hints: NonNullable<Observation['hints']>): NormalObservation['hints'] {
  return hints.flatMap((hint) => {
    const value = parseText(hint.value, MAX_HINT)
    return value ? [{ kind: hint.kind, value }] : []
  })
}

function normalizePartOf(partOf: Observation['partOf']): NormalObservation['partOf'] {
  const nativeId = partOf ? parseText(partOf.nativeId, MAX_NATIVE_ID) : null
  return partOf && nativeId ? { nativeId, relation: partOf.relation } : null
}

function normalizeTime(input: unknown): string | null {
  const time = typeof input === 'string' ? new Date(input) : null
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : null
}

/** Keys that never reach the database, whatever a plugin lets through. */
const SECRET_KEY = /community|snmp_comm|auth_?pass|crypto_?pass|auth_?name|password|passwd|token|secret/i

/** NUL and lone surrogates, which PostgreSQL's JSON refuses. Escaped backslashes are met first: `\\u0000` is no NUL. */
const ESCAPES = /\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/g

function normalizeRaw(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null) {
    return null
  }
  const text = JSON.stringify(raw, (key, value) => (SECRET_KEY.test(key) ? undefined : value))
  return text.length <= MAX_RAW_BYTES ? text.replace(ESCAPES, (escape) => (escape === '\\\\' ? escape : '')) : null
}
