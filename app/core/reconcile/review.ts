import { createHash } from 'node:crypto'
import { type SourceRecord } from './types.js'

export const REVIEW_KINDS = [
  'merge_candidate',
  'match_suggestion',
  'contradiction',
  'same_source_twin',
  'identity_drift',
  'junk_identifier',
  'guard_tripped',
] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]

/** What a person may answer. `later` leaves the question open. */
export const REVIEW_VERDICTS = ['same', 'different', 'later', 'approve', 'dismiss'] as const
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number]

const ABOUT_IDENTITY: readonly ReviewVerdict[] = ['same', 'different', 'later']

/** Which answers fit which question. */
export const VERDICTS_OF: Readonly<Record<ReviewKind, readonly ReviewVerdict[]>> = {
  merge_candidate: ABOUT_IDENTITY,
  match_suggestion: ABOUT_IDENTITY,
  contradiction: ABOUT_IDENTITY,
  same_source_twin: ABOUT_IDENTITY,
  identity_drift: ABOUT_IDENTITY,
  junk_identifier: ['dismiss', 'different', 'later'],
  guard_tripped: ['approve', 'dismiss', 'later'],
}

/** A question for a person. The same question has the same key, so that it stands in the inbox once. */
export interface ReviewDraft {
  readonly kind: ReviewKind
  readonly dedupeKey: string
  readonly sourceId: number | null
  readonly recordIds: readonly number[]
  readonly assetIds: readonly number[]
  /** `sentence` says it to a person; the rest is what the decision was made from. */
  readonly evidence: { readonly sentence: string } & Readonly<Record<string, unknown>>
}

export function review(
  kind: ReviewKind,
  records: readonly SourceRecord[],
  assets: readonly { readonly id: number; readonly hostname: string }[],
  sentence: string,
  more: Readonly<Record<string, unknown>> = {}
): ReviewDraft {
  const recordIds = [...new Set(records.map((record) => record.id))].sort((a, b) => a - b)
  const assetIds = [...new Set(assets.map((asset) => asset.id))].sort((a, b) => a - b)
  return {
    kind,
    dedupeKey: reviewKey(kind, recordIds, assetIds),
    sourceId: records[0]?.sourceId ?? null,
    recordIds,
    assetIds,
    evidence: {
      sentence,
      ...more,
      records: records.slice(0, 20).map((record) => ({
        id: record.id,
        native_id: record.nativeId,
        claims: record.observation.claims,
        identifiers: record.observation.identifiers
          .filter((identifier) => identifier.strength !== 'weak')
          .slice(0, 20)
          .map((identifier) => `${identifier.kind} ${identifier.value}`),
      })),
      assets: assets.map((asset) => ({ id: asset.id, hostname: asset.hostname })),
    },
  }
}

/** The same kind, records and assets give the same key. */
function reviewKey(kind: ReviewKind, recordIds: readonly number[], assetIds: readonly number[]): string {
  const parties = `${recordIds.join(',')} ${assetIds.join(',')}`
  return `${kind}:${createHash('sha256').update(parties).digest('base64url').slice(0, 22)}`
}
