import { CLAIMED_FIELDS, PERSON_FIELDS, type AssetField } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { type ReviewKind, type ReviewVerdict, VERDICTS_OF } from '#core/reconcile/review'
import { type ObservedIdentity } from '#core/reconcile/side_effect'
import { type SourceRank, type SourceRecord } from '#core/reconcile/types'
import { apiName } from '#services/inventory/check_values'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { type StoredReview } from '#services/sync/store/review_queries'

/** An identifier as people read it. */
interface ShownIdentifier {
  readonly kind: string
  readonly value: string
  /** How much it proves: `strong` joins by itself, two `medium` do, `weak` only suggests. */
  readonly strength: string
  /** Another party of the review carries it too. */
  readonly isShared: boolean
}

/** One of those that a review compares: a record of a source, or an asset. */
export interface ReviewParty {
  readonly kind: 'record' | 'asset'
  readonly id: number
  /** Its host name, else its key. */
  readonly title: string
  /** Of a record: its source, key and link to it. */
  readonly source: string | null
  readonly nativeId: string | null
  readonly href: string | null
  /** The asset that it is, or that the record is linked to. */
  readonly assetId: number | null
  readonly isActive: boolean
  /** Values by the API's names of their fields. */
  readonly values: Readonly<Record<string, string | null>>
  readonly identifiers: readonly ShownIdentifier[]
}

/** A review with its evidence side by side. Times are ISO 8601 in UTC. */
export interface ReviewView {
  readonly id: number
  readonly kind: ReviewKind
  readonly state: 'open' | 'resolved'
  /** What is asked, for a person. */
  readonly sentence: string
  /** Answers that fit. */
  readonly verdicts: readonly ReviewVerdict[]
  readonly source: string | null
  readonly runId: number | null
  readonly openedAt: string
  readonly resolvedAt: string | null
  readonly resolution: Readonly<Record<string, unknown>> | null
  readonly changeSetId: number | null
  readonly parties: readonly ReviewParty[]
  /** Fields in which at least two parties say something and do not say the same. */
  readonly differing: readonly string[]
  /** The asset that stays on "same", unless another one is named. */
  readonly survivorId: number | null
}

/** What is known of the parties of reviews. */
export interface KnownParties {
  readonly records: ReadonlyMap<number, SourceRecord>
  readonly assets: ReadonlyMap<number, StoredAsset>
  readonly sources: ReadonlyMap<number, SourceRank>
}

/** Puts what a review compares side by side. */
export function toReviewView(review: StoredReview, known: KnownParties): ReviewView {
  const records = review.recordIds.flatMap((id) => known.records.get(id) ?? [])
  const owners = records.flatMap((record) => record.assetId ?? [])
  const assets = [...new Set([...review.assetIds, ...owners])].flatMap((id) => known.assets.get(id) ?? [])
  const drafts = [
    ...records.map((record) => recordParty(record, review, known.sources)),
    ...assets.map((asset) => assetParty(asset)),
  ]
  const parties = markShared(drafts)
  return {
    id: review.id,
    kind: review.kind,
    state: review.state,
    sentence: review.evidence.sentence,
    verdicts: review.state === 'open' ? VERDICTS_OF[review.kind] : [],
    source: review.sourceId === null ? null : (known.sources.get(review.sourceId)?.name ?? null),
    runId: review.runId,
    openedAt: review.openedAt,
    resolvedAt: review.resolvedAt,
    resolution: review.resolution,
    changeSetId: review.changeSetId,
    parties,
    differing: differingFields(parties),
    survivorId: survivorOf(review, assets),
  }
}

/** A suggested asset keeps its place. Otherwise the one that a person added stays, else the oldest. */
export function survivorOf(
  review: Pick<StoredReview, 'kind' | 'assetIds'>,
  assets: readonly StoredAsset[]
): number | null {
  const active = assets.filter((asset) => asset.view.isActive).sort((a, b) => a.id - b.id)
  const suggested =
    review.kind === 'match_suggestion' ? active.find(({ id }) => review.assetIds.includes(id)) : undefined
  return (suggested ?? active.find((asset) => asset.view.origin === 'person') ?? active[0])?.id ?? null
}

function recordParty(
  record: SourceRecord,
  { kind, evidence }: StoredReview,
  sources: ReadonlyMap<number, SourceRank>
): ReviewParty {
  const { reported } = evidence as { reported?: ObservedIdentity }
  const { observation } = record
  const claims = { ...observation.claims, ...(kind === 'identity_drift' ? reported?.claims : {}) }
  const identifiers = (kind === 'identity_drift' ? reported?.identifiers : undefined) ?? observation.identifiers
  return {
    kind: 'record',
    id: record.id,
    title: observation.claims.hostname ?? record.nativeId,
    source: sources.get(record.sourceId)?.name ?? null,
    nativeId: record.nativeId,
    href: observation.href,
    assetId: record.assetId,
    isActive: record.closedAt === null,
    values: Object.fromEntries(CLAIMED_FIELDS.map((field) => [apiName(field), shown(field, claims[field] ?? null)])),
    identifiers: identifiers.map(({ kind: type, value, strength }) => toShown(type, value, strength)),
  }
}

function assetParty({ id, view, identifiers }: StoredAsset): ReviewParty {
  const fields: readonly AssetField[] = [...CLAIMED_FIELDS, ...PERSON_FIELDS]
  return {
    kind: 'asset',
    id,
    title: view.hostname,
    source: view.source,
    nativeId: null,
    href: null,
    assetId: id,
    isActive: view.isActive,
    values: Object.fromEntries(fields.map((field) => [apiName(field), shown(field, view[field])])),
    identifiers: identifiers.map(({ kind, value, strength }) => toShown(kind, value, strength)),
  }
}

function shown(field: AssetField, value: string | null): string | null {
  return field === 'macAddress' && value !== null ? formatMacAddress(value) : value
}

function toShown(kind: string, value: string, strength: string): ShownIdentifier {
  return { kind, value: kind === 'mac' ? formatMacAddress(value) : value, strength, isShared: false }
}

function markShared(parties: readonly ReviewParty[]): ReviewParty[] {
  const counts = new Map<string, number>()
  for (const { kind, value } of parties.flatMap((party) => party.identifiers)) {
    counts.set(`${kind} ${value}`, (counts.get(`${kind} ${value}`) ?? 0) + 1)
  }
  const isShared = ({ kind, value }: ShownIdentifier) => (counts.get(`${kind} ${value}`) ?? 0) > 1
  return parties.map((party) => ({
    ...party,
    identifiers: party.identifiers.map((identifier) => ({ ...identifier, isShared: isShared(identifier) })),
  }))
}

function differingFields(parties: readonly ReviewParty[]): string[] {
  const fields = new Set(parties.flatMap((party) => Object.keys(party.values)))
  return [...fields].filter((field) => {
    const values = parties.flatMap((party) => party.values[field] ?? [])
    return new Set(values.map((value) => value.toLowerCase())).size > 1
  })
}
