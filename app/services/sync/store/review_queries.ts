import { fromJson, toIso } from '#database/columns'
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

/** A review as it is stored. */
export interface StoredReview {
  readonly id: number
  readonly kind: ReviewKind
  readonly state: 'open' | 'resolved'
  readonly sourceId: number | null
  /** The run that asked first. */
  readonly runId: number | null
  readonly recordIds: readonly number[]
  readonly assetIds: readonly number[]
  readonly evidence: ReviewDraft['evidence']
  readonly openedAt: string
  readonly resolvedAt: string | null
  /** What was answered, or that it was put off. */
  readonly resolution: Readonly<Record<string, unknown>> | null
  readonly changeSetId: number | null
}

const REVIEW_COLUMNS = `id, kind, state, source_id, run_id, record_ids, asset_ids, evidence, opened_at, resolved_at,
  resolution, change_set_id`

/** One review, or null. */
export async function findReview(client: SqlClient, id: number): Promise<StoredReview | null> {
  const rows = await selectRows<Record<string, unknown>>(client, `select ${REVIEW_COLUMNS} from reviews where id = ?`, [
    id,
  ])
  return rows[0] ? toReview(rows[0]) : null
}

/** Which reviews are listed. */
export interface ReviewFilter {
  readonly state?: 'open' | 'resolved'
  readonly kind?: ReviewKind
}

/** Which part of a list is read: what comes after an id, oldest first, or before one, newest first. */
export type ReviewPage = { readonly limit: number } & ({ readonly afterId: number } | { readonly beforeId: number })

/** Reviews in the order in which they were opened, or the other way round. */
export async function selectReviews(
  client: SqlClient,
  filter: ReviewFilter,
  page: ReviewPage
): Promise<StoredReview[]> {
  const { where, bindings } = conditionsOf(filter)
  const [bound, order, id] = 'afterId' in page ? ['>', 'asc', page.afterId] : ['<', 'desc', page.beforeId]
  const rows = await selectRows<Record<string, unknown>>(
    client,
    `select ${REVIEW_COLUMNS} from reviews where id ${bound} ? ${where} order by id ${order} limit ?`,
    [id, ...bindings, page.limit]
  )
  return rows.map(toReview)
}

/** How many reviews there are. */
export async function countReviews(client: SqlClient, filter: ReviewFilter): Promise<number> {
  const { where, bindings } = conditionsOf(filter)
  const [row] = await selectRows<{ total: number }>(
    client,
    `select cast(count(*) as integer) as total from reviews where id > 0 ${where}`,
    bindings
  )
  return row?.total ?? 0
}

function conditionsOf({ state, kind }: ReviewFilter): { where: string; bindings: string[] } {
  const given = [['state', state] as const, ['kind', kind] as const].filter(([, value]) => value !== undefined)
  return {
    where: given.map(([column]) => `and ${column} = ?`).join(' '),
    bindings: given.map(([, value]) => value!),
  }
}

function toReview(row: Record<string, unknown>): StoredReview {
  return {
    id: Number(row.id),
    kind: row.kind as ReviewKind,
    state: row.state as StoredReview['state'],
    sourceId: row.source_id as number | null,
    runId: row.run_id as number | null,
    recordIds: fromJson<number[]>(row.record_ids),
    assetIds: fromJson<number[]>(row.asset_ids),
    evidence: fromJson<ReviewDraft['evidence']>(row.evidence),
    openedAt: toIso(row.opened_at)!,
    resolvedAt: toIso(row.resolved_at),
    resolution: fromJson(row.resolution),
    changeSetId: row.change_set_id as number | null,
  }
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
