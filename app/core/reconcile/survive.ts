import { createHash } from 'node:crypto'
import { CLAIMED_FIELDS, type AssetValues, type ClaimedField } from '#core/assets/asset'
import { classifyRecord } from './classify_record.js'
import { type Pin, type SourceRank, type SourceRecord } from './types.js'

/** How a field's value was decided. */
export type FieldRule = 'pin' | 'precedence' | 'recency' | 'tie' | 'only' | 'classified' | 'none'

/** One claim for one field, and what became of it. */
export interface Candidate {
  readonly record: SourceRecord
  readonly source: SourceRank
  readonly value: string | null
  /** When the claim took its present value. ISO 8601. */
  readonly since: string
  /** Why it does not take part; null when it does. */
  readonly outBecause: string | null
}

export interface FieldDecision {
  readonly value: string | null
  readonly rule: FieldRule
  readonly pin: Pin | null
  readonly winner: Candidate | null
  /** Every claim, the strongest first. */
  readonly candidates: readonly Candidate[]
  /** A claim that takes part says something else than the value. */
  readonly isContested: boolean
}

export interface SurvivalInput {
  readonly records: readonly SourceRecord[]
  readonly sources: ReadonlyMap<number, SourceRank>
  readonly pins: readonly Pin[]
  /** Why a serial may not be this asset's: it is junk, or another asset carries it. Null when it may. */
  serialBlock(serial: string): string | null
  readonly now: string
}

const HOUR_MS = 60 * 60 * 1000

/** Identity fields are never asserted empty by a source: an empty answer there says nothing. */
const NEVER_EMPTY = new Set<ClaimedField>(['hostname', 'serialNumber', 'macAddress', 'assetType'])

/** Decides every claimed field of one asset from all its records and pins: a pure function, whatever came last. */
export function survive(input: SurvivalInput): Record<ClaimedField, FieldDecision> {
  const decisions = CLAIMED_FIELDS.map((field) => [field, decideField(field, input)] as const)
  return Object.fromEntries(decisions) as Record<ClaimedField, FieldDecision>
}

/** The values of the claimed fields; an asset without any hostname is called by its record's native id. */
export function survivingValues(
  decisions: Record<ClaimedField, FieldDecision>,
  input: SurvivalInput
): Pick<AssetValues, ClaimedField> {
  const leader = leadingRecords(input)[0]
  return {
    hostname: decisions.hostname.value ?? leader?.nativeId.slice(0, 253) ?? 'unnamed',
    assetType: decisions.assetType.value ?? 'Unknown',
    serialNumber: decisions.serialNumber.value,
    macAddress: decisions.macAddress.value,
    ipAddress: decisions.ipAddress.value,
    vendor: decisions.vendor.value,
    model: decisions.model.value,
    firmwareVersion: decisions.firmwareVersion.value,
    location: decisions.location.value,
  }
}

/** Identifies the claims for a field: a pin "until the source changes" holds while this stays the same. */
export function claimsHash(candidates: readonly Candidate[]): string {
  const claims = candidates.map((one) => `${one.source.id} ${one.record.nativeId} ${one.value}`).sort()
  return createHash('sha256').update(JSON.stringify(claims)).digest('base64url').slice(0, 22)
}

/** Open records first, then by rank, source and key: a total order, so that no tie depends on chance. */
export function leadingRecords({ records, sources }: Pick<SurvivalInput, 'records' | 'sources'>): SourceRecord[] {
  const rank = (record: SourceRecord) => sources.get(record.sourceId)?.rank ?? Number.MAX_SAFE_INTEGER
  return [...records].sort(
    (a, b) =>
      Number(a.closedAt !== null) - Number(b.closedAt !== null) ||
      rank(a) - rank(b) ||
      a.sourceId - b.sourceId ||
      byKey(a, b)
  )
}

function decideField(field: ClaimedField, input: SurvivalInput): FieldDecision {
  const candidates = releaseLongAbsent(candidatesFor(field, input), input.now).sort(byStrength)
  const taking = candidates.filter((candidate) => candidate.outBecause === null)
  const [winner, second] = taking
  const pin = input.pins.find((one) => one.field === field && holds(one, candidates, input.now)) ?? null
  const value = pin ? pin.value : (winner?.value ?? null)
  return {
    value,
    rule: pin ? 'pin' : rule(field, winner, second),
    pin,
    winner: pin ? null : (winner ?? null),
    candidates,
    isContested: taking.some((candidate) => candidate.value !== value),
  }
}

function candidatesFor(field: ClaimedField, input: SurvivalInput): Candidate[] {
  return input.records.flatMap((record) => {
    const source = input.sources.get(record.sourceId)
    const value = claimOf(field, record)
    if (!source || value === undefined) {
      return []
    }
    const since = record.observation.claimedAt[field] ?? record.observation.readAt
    return [{ record, source, value, since, outBecause: outReason(field, value, record, input) }]
  })
}

/** Claims of records that are absent for long give way, but only to claims: the last one known stays. */
function releaseLongAbsent(candidates: Candidate[], now: string): Candidate[] {
  const isLong = ({ record, source, outBecause }: Candidate) =>
    outBecause === null &&
    record.missingSince !== null &&
    source.releaseAfterHours !== null &&
    Date.parse(record.missingSince) + source.releaseAfterHours * HOUR_MS <= Date.parse(now)
  const remains = candidates.some((candidate) => candidate.outBecause === null && !isLong(candidate))
  return remains
    ? candidates.map((candidate) =>
        isLong(candidate)
          ? { ...candidate, outBecause: `${candidate.source.name} has not listed the device for too long` }
          : candidate
      )
    : candidates
}

function claimOf(field: ClaimedField, record: SourceRecord): string | null | undefined {
  const claim = record.observation.claims[field]
  return field === 'assetType' && !claim ? classifyRecord(record) : claim
}

function outReason(
  field: ClaimedField,
  value: string | null,
  record: SourceRecord,
  input: SurvivalInput
): string | null {
  if (value === null) {
    return NEVER_EMPTY.has(field) ? 'the source says that it is empty' : null
  }
  if (field === 'serialNumber') {
    return input.serialBlock(value)
  }
  if (record.closedAt !== null && field === 'ipAddress') {
    return 'the source gives this address to other hardware now'
  }
  return null
}

function holds(pin: Pin, candidates: readonly Candidate[], now: string): boolean {
  switch (pin.until) {
    case 'always':
      return true
    case 'date':
      return pin.untilAt !== null && now < pin.untilAt
    case 'source_change':
      return pin.claimsHash === claimsHash(candidates)
  }
}

function byStrength(a: Candidate, b: Candidate): number {
  return (
    Number(a.outBecause !== null) - Number(b.outBecause !== null) ||
    a.source.rank - b.source.rank ||
    Number(a.record.closedAt !== null) - Number(b.record.closedAt !== null) ||
    (a.since === b.since ? 0 : a.since > b.since ? -1 : 1) ||
    a.source.id - b.source.id ||
    byKey(a.record, b.record)
  )
}

/** Records of one source in the order of their keys, not of the order in which they were first listed. */
function byKey(a: SourceRecord, b: SourceRecord): number {
  return a.nativeId === b.nativeId ? a.id - b.id : a.nativeId < b.nativeId ? -1 : 1
}

function rule(field: ClaimedField, winner?: Candidate, second?: Candidate): FieldRule {
  if (!winner) {
    return 'none'
  }
  if (field === 'assetType' && !winner.record.observation.claims.assetType) {
    return 'classified'
  }
  if (!second) {
    return 'only'
  }
  if (winner.source.rank !== second.source.rank) {
    return 'precedence'
  }
  return winner.since === second.since ? 'tie' : 'recency'
}
