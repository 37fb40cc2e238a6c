import { unchangedSince } from '#core/reconcile/claim_times'
import { keepIdentity, keepOmitted } from '#core/reconcile/keep_former'
import { strongSerials } from '#core/reconcile/resolve'
import { review, type ReviewDraft } from '#core/reconcile/review'
import { type RecordObservation, type SourceRecord } from '#core/reconcile/types'
import { type BatchInput } from './load_batch.js'
import { replaceRecord, rewriteObservations } from './store/link_queries.js'
import { openEvidence } from './store/review_queries.js'
import { type SqlClient } from './store/sql_client.js'

/** The records of a batch by id, as they are after their drifts were settled. */
export interface SettledRecords {
  readonly records: Map<number, SourceRecord>
  /** Ids of records that gave way to new ones, with the ids of those. */
  readonly renamed: ReadonlyMap<number, number>
  readonly driftReviews: ReviewDraft[]
}

/**
 * Gives replaced records a new beginning, keeps the identity of those that drifted as it was, and completes what a
 * reading in part left out.
 */
export async function settleDrifts(
  trx: SqlClient,
  input: Pick<BatchInput, 'drifts' | 'isPartial' | 'now' | 'runId' | 'seen'>,
  loaded: readonly SourceRecord[]
): Promise<SettledRecords> {
  const records = new Map<number, SourceRecord>()
  const driftReviews: ReviewDraft[] = []
  const renamed = new Map<number, number>()
  const rewritten: RecordObservation[] = []
  for (const record of loaded) {
    const drift = input.drifts.get(record.id)
    if (drift === 'replaced') {
      const id = await replaceRecord(trx, record.id, record.observation.id, input.runId, input.now)
      input.seen.add(id)
      renamed.set(record.id, id)
      records.set(id, startAnew(record, id))
    } else if (drift === 'drift' && record.former) {
      const kept = keepIdentity(record.observation, record.former)
      const observation = { ...kept, claimedAt: unchangedSince(kept, record.former) }
      rewritten.push(observation)
      records.set(record.id, { ...record, observation })
      driftReviews.push(askAboutDrift(record, record.former))
    } else {
      const merged = input.isPartial ? completed(record) : null
      rewritten.push(...(merged ? [merged] : []))
      records.set(record.id, merged ? { ...record, observation: merged } : record)
    }
  }
  await rewriteObservations(trx, rewritten)
  return { records, renamed, driftReviews: await keepFirstFormer(trx, driftReviews) }
}

/**
 * A record outside its batch as it is once its drift is settled: one that gives way to other hardware is closed, and
 * says what the old hardware said.
 */
export function foreseeDrift(record: SourceRecord, { drifts, now }: Pick<BatchInput, 'drifts' | 'now'>): SourceRecord {
  if (!record.former || drifts.get(record.id) !== 'replaced') {
    return record
  }
  const ended = { closedAt: now, missingSince: now, missedRuns: record.missedRuns + 1 }
  return { ...record, ...ended, observation: record.former, former: null, isStaged: false }
}

/** Other hardware under the same key: nothing of what was known holds for it. */
function startAnew(record: SourceRecord, id: number): SourceRecord {
  const observation = { ...record.observation, claimedAt: {} }
  const fresh = { assetId: null, linkState: 'pending', former: null, missedRuns: 0, missingSince: null } as const
  return { ...record, ...fresh, id, observation }
}

/** What a reading in part said, with what it left out. Null when it left out nothing. */
function completed({ observation, former }: SourceRecord): RecordObservation | null {
  const merged = former && keepOmitted(observation, former)
  return merged && { ...merged, claimedAt: unchangedSince(merged, former!) }
}

function askAboutDrift(record: SourceRecord, former: RecordObservation): ReviewDraft {
  const sentence = `${record.nativeId} reports serial ${strongSerials(record).join(', ')} now, and another one before`
  return review('identity_drift', [record], [], sentence, {
    reported: identityOf(record.observation),
    former: { claims: former.claims, identifiers: former.identifiers },
    observationId: record.observation.id,
  })
}

/** While the question stands open, the former observation is the one before the first doubt. */
async function keepFirstFormer(trx: SqlClient, drafts: readonly ReviewDraft[]): Promise<ReviewDraft[]> {
  if (drafts.length === 0) {
    return []
  }
  const open = await openEvidence(
    trx,
    drafts.map((draft) => draft.dedupeKey)
  )
  return drafts.map((draft) => {
    const former = open.get(draft.dedupeKey)?.former
    return former === undefined ? draft : { ...draft, evidence: { ...draft.evidence, former } }
  })
}

/** Identity that a record reports and that is not taken: what a person decides about. */
function identityOf({ claims, identifiers }: RecordObservation) {
  const { serialNumber, macAddress } = claims
  return { claims: { serialNumber, macAddress }, identifiers }
}
