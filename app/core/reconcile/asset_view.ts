import { type Asset, type AssetValues, type Presence } from '#core/assets/asset'
import { leadingRecords, survive, survivingValues, type SurvivalInput } from './survive.js'
import { type EvidenceIdentifier, type SourceRecord } from './types.js'

/**
 * An identifier as an asset carries it: of its records, and of what people typed. `former`: the asset was deleted, and
 * what identified it keeps sources from bringing it back.
 */
export interface AssetIdentifier {
  readonly kind: EvidenceIdentifier['kind'] | 'asset_tag'
  readonly value: string
  readonly strength: EvidenceIdentifier['strength'] | 'former'
  readonly origin: 'person' | 'source'
}

/** What an asset is, by its claims and pins: the row is exactly this. */
export type AssetView = Omit<Asset, 'id' | 'revision' | 'createdAt' | 'updatedAt' | 'deletedAt'>

/** Fields that people write: kept as they are in the row. */
export type PersonValues = Pick<AssetValues, 'assetTag' | 'room' | 'subLocation' | 'notes' | 'status'>

export const NO_PERSON_VALUES: PersonValues = {
  assetTag: null,
  room: null,
  subLocation: null,
  notes: null,
  status: 'in_use',
}

/** Absent from this many complete runs, and for this long, makes an asset missing. */
export const MISSING_AFTER_RUNS = 3
export const MISSING_AFTER_MS = 48 * 60 * 60 * 1000

/** Computes the row of an asset from all that is known of it. Pure: equal input gives an equal row. */
export function viewAsset(
  input: SurvivalInput,
  own: PersonValues & Pick<Asset, 'origin' | 'isActive' | 'mergedInto'>
): AssetView {
  const values = survivingValues(survive(input), input)
  return {
    ...values,
    assetTag: own.assetTag,
    room: own.room,
    subLocation: own.subLocation,
    notes: own.notes,
    status: own.status,
    presence: presenceOf(input.records, input.now),
    ...sourceOf(input, own.origin),
    origin: own.origin,
    isActive: own.isActive,
    mergedInto: own.mergedInto,
  }
}

/** Missing only when every record is: one source that still lists it keeps it present. */
function presenceOf(records: readonly SourceRecord[], now: string): Presence {
  if (records.length === 0) {
    return 'unknown'
  }
  const limit = new Date(Date.parse(now) - MISSING_AFTER_MS).toISOString()
  const isGone = (record: SourceRecord) =>
    record.missedRuns >= MISSING_AFTER_RUNS && record.missingSince !== null && record.missingSince <= limit
  return records.every(isGone) ? 'missing' : 'present'
}

function sourceOf(input: SurvivalInput, origin: Asset['origin']): { source: string; sourceRef: string | null } {
  const leaders = leadingRecords(input)
  const open = leaders.filter((record) => record.closedAt === null)
  const feeding = open.length > 0 ? open : leaders
  const names = new Set(feeding.flatMap((record) => input.sources.get(record.sourceId)?.name ?? []))
  const feeders = names.size + (origin === 'person' ? 1 : 0)
  const leader = feeding[0]
  const leaderName = leader && input.sources.get(leader.sourceId)?.name
  return {
    source: feeders > 1 ? 'merged' : ([...names][0] ?? 'manual'),
    sourceRef: leader && leaderName ? `${leaderName}:${leader.nativeId}` : null,
  }
}

/** From the least to the most that a value proves. */
const STRENGTHS: readonly AssetIdentifier['strength'][] = ['former', 'weak', 'medium', 'strong']

/** What people said that identifies an asset. */
export interface TypedIdentity {
  readonly serialNumber: string | null
  readonly macAddress: string | null
  /** An address that is only kept until its source changes. */
  readonly heldMac: string | null
}

export const NOTHING_TYPED: TypedIdentity = { serialNumber: null, macAddress: null, heldMac: null }

/** The identifiers of an asset: those of its records that are no junk, and those that a person typed. */
export function identifiersOf(
  view: AssetView,
  records: readonly SourceRecord[],
  typed: TypedIdentity,
  strengthOf: (identifier: EvidenceIdentifier) => EvidenceIdentifier['strength'],
  serialKey: (serial: string) => string
): AssetIdentifier[] {
  const unique = new Map<string, AssetIdentifier>()
  const add = (identifier: AssetIdentifier) => {
    const key = `${identifier.kind} ${identifier.value}`
    const known = unique.get(key)
    const isStronger = known && STRENGTHS.indexOf(identifier.strength) > STRENGTHS.indexOf(known.strength)
    if (!known || isStronger || identifier.origin === 'person') {
      unique.set(key, identifier)
    }
  }
  for (const { observation, closedAt } of records) {
    for (const { kind, value, ...rest } of observation.identifiers) {
      if (closedAt === null || kind === 'serial' || kind === 'mac') {
        add({ kind, value, strength: strengthOf({ kind, value, ...rest }), origin: 'source' })
      }
    }
  }
  add({ kind: 'hostname', value: view.hostname.toLowerCase().slice(0, 253), strength: 'weak', origin: 'source' })
  if (typed.serialNumber) {
    add({ kind: 'serial', value: serialKey(typed.serialNumber), strength: 'strong', origin: 'person' })
  }
  if (typed.macAddress) {
    add({ kind: 'mac', value: typed.macAddress, strength: 'strong', origin: 'person' })
  }
  if (typed.heldMac) {
    add({ kind: 'mac', value: typed.heldMac, strength: 'weak', origin: 'source' })
  }
  if (view.assetTag) {
    add({ kind: 'asset_tag', value: view.assetTag.toUpperCase(), strength: 'strong', origin: 'person' })
  }
  return [...unique.values()]
}

/** What a deleted asset keeps of its identifiers: the strong ones, so that no source brings it back by itself. */
export function formerIdentifiers(identifiers: readonly AssetIdentifier[]): AssetIdentifier[] {
  return identifiers.flatMap((identifier) => {
    const isEvidence = identifier.strength === 'strong' && identifier.kind !== 'asset_tag'
    return isEvidence ? [{ ...identifier, strength: 'former' as const }] : []
  })
}
