import { fromJson } from '#database/columns'
import { type ReviewDraft } from '#core/reconcile/review'
import { bulkSql, insertRows } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** Opens reviews; a question that stands open already is not asked twice. */
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
    reviews.map((review) => ({
      kind: review.kind,
      dedupe_key: review.dedupeKey,
      source_id: review.sourceId,
      run_id: runId,
      record_ids: review.recordIds,
      asset_ids: review.assetIds,
      evidence: review.evidence,
      opened_at: now,
    })),
    `on conflict (dedupe_key) where state = 'open' do nothing`
  )
}

/** Open questions about held records, with the records they are about. */
export async function openHoldReviews(client: SqlClient): Promise<{ id: number; recordIds: number[] }[]> {
  const rows = await selectRows<{ id: number; record_ids: unknown }>(
    client,
    `select id, record_ids from reviews
     where state = 'open' and kind in ('merge_candidate', 'contradiction', 'same_source_twin') order by id`
  )
  return rows.map((row) => ({ id: row.id, recordIds: fromJson<number[]>(row.record_ids) }))
}

/** Closes questions that need no answer any more: later readings answered them. */
export async function closeReviews(trx: SqlClient, ids: readonly number[], now: string): Promise<void> {
  if (ids.length === 0) {
    return
  }
  await execute(
    trx,
    `update reviews set state = 'resolved', resolved_at = ?, resolution = '{"by":"run"}'
     where id in (select id from ${bulkSql(trx).rows('w', { id: 'int' })})`,
    [now, JSON.stringify(ids.map((id) => ({ id })))]
  )
}
