import { fromJson } from '#database/columns'
import { type ReviewDraft, type ReviewKind } from '#core/reconcile/review'
import { bulkSql, insertRows } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** Opens reviews; a question that stands open already is not asked twice, but told by what is known now. */
export async function openReviews(
  trx: SqlClient,
  runId: number | null,
  reviews: readonly ReviewDraft[],
  now: string
): Promise<void> {
  await insertRows(
    trx,
    'reviews',
    {
      kind: 'text',
      dedupe_key: 'text',
      source_id: 'int',
      run_id: 'int',
      record_ids: 'json',
      asset_ids: 'json',
      evidence: 'json',
      opened_at: 'time',
    },
    uniqueByKey(reviews).map((review) => ({
      kind: review.kind,
      dedupe_key: review.dedupeKey,
      source_id: review.sourceId,
      run_id: runId,
      record_ids: review.recordIds,
      asset_ids: review.assetIds,
      evidence: review.evidence,
      opened_at: now,
    })),
    `on conflict (dedupe_key) where state = 'open'
       do update set evidence = excluded.evidence where reviews.evidence is distinct from excluded.evidence`
  )
}

/** One statement cannot ask the same question twice. */
function uniqueByKey(reviews: readonly ReviewDraft[]): ReviewDraft[] {
  return [...new Map(reviews.map((review) => [review.dedupeKey, review])).values()]
}

/** An open review with what it is about. */
export interface OpenQuestion {
  readonly id: number
  readonly kind: ReviewKind
  readonly sourceId: number | null
  readonly recordIds: readonly number[]
  readonly assetIds: readonly number[]
  /** The observation whose identity was not taken, for `identity_drift`. */
  readonly observationId: number | null
}

/** Every open review, oldest first. */
export async function openQuestions(client: SqlClient): Promise<OpenQuestion[]> {
  const rows = await selectRows<Record<string, unknown>>(
    client,
    `select id, kind, source_id, record_ids, asset_ids, case when kind = 'identity_drift' then evidence end as evidence
     from reviews where state = 'open' order by id`
  )
  return rows.map((row) => ({
    id: Number(row.id),
    kind: row.kind as ReviewKind,
    sourceId: row.source_id as number | null,
    recordIds: fromJson<number[]>(row.record_ids),
    assetIds: fromJson<number[]>(row.asset_ids),
    observationId: fromJson<{ observationId?: number } | null>(row.evidence)?.observationId ?? null,
  }))
}

/** What open reviews were decided from, by their keys. */
export async function openEvidence(
  client: SqlClient,
  dedupeKeys: readonly string[]
): Promise<Map<string, ReviewDraft['evidence']>> {
  const rows = await selectRows<{ dedupe_key: string; evidence: unknown }>(
    client,
    `select r.dedupe_key, r.evidence from ${bulkSql(client).rows('w', { dedupe_key: 'text' })}
     cross join reviews r where r.dedupe_key = w.dedupe_key and r.state = 'open'`,
    [JSON.stringify(dedupeKeys.map((key) => ({ dedupe_key: key })))]
  )
  return new Map(rows.map((row) => [row.dedupe_key, fromJson<ReviewDraft['evidence']>(row.evidence)]))
}

const HOLDING: readonly ReviewKind[] = ['merge_candidate', 'contradiction', 'same_source_twin']

/** Open questions about held records, with the records and assets they are about. */
export async function openHoldReviews(client: SqlClient): Promise<OpenQuestion[]> {
  const questions = await openQuestions(client)
  return questions.filter((question) => HOLDING.includes(question.kind))
}

/** Closes questions that need no answer any more: something else answered them. */
export async function closeReviews(
  trx: SqlClient,
  ids: readonly number[],
  { by, changeSetId }: { readonly by: 'run' | 'decision'; readonly changeSetId: number | null },
  now: string
): Promise<void> {
  if (ids.length === 0) {
    return
  }
  await execute(
    trx,
    `update reviews set state = 'resolved', resolved_at = ?, resolution = ?, change_set_id = ?
     where id in (select id from ${bulkSql(trx).rows('w', { id: 'int' })})`,
    [now, JSON.stringify({ by }), changeSetId, JSON.stringify(ids.map((id) => ({ id })))]
  )
}
