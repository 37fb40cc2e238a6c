import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { type SideEffect } from '#core/reconcile/side_effect'
import { bulkSql } from './store/bulk_sql.js'
import { loadReviewState } from './store/effect_queries.js'
import { closeReviews, openQuestions, type OpenQuestion } from './store/review_queries.js'
import { selectRows, type SqlClient } from './store/sql_client.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import { tickClock } from './store/write_clock.js'

/**
 * Closes the questions that later readings answered: nobody they are about is held any more, or what was refused is
 * plausible again. `acceptedSourceId`: the source whose complete list was just believed.
 */
export async function closeAnsweredReviews(
  db: QueryClientContract,
  run: OwnedRun,
  now: string,
  acceptedSourceId: number | null = null
): Promise<void> {
  const answered = await findAnswered(db, acceptedSourceId)
  if (answered.length > 0) {
    await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run)
      await closeReviews(trx, answered, { by: 'run', changeSetId: null }, now)
    })
  }
}

/** Closes the questions that a person's decision about something else answered too, and notes that. */
export async function settleReviews(
  trx: SqlClient,
  decision: { readonly changeSetId: number; readonly now: string; readonly effects: { add(effect: SideEffect): void } }
): Promise<void> {
  const answered = await findAnswered(trx, null)
  const before = await Promise.all(answered.map((id) => loadReviewState(trx, id)))
  await closeReviews(trx, answered, { by: 'decision', changeSetId: decision.changeSetId }, decision.now)
  for (const [index, id] of answered.entries()) {
    const after = await loadReviewState(trx, id)
    decision.effects.add({ kind: 'review', id, before: before[index]!, after: after! })
  }
}

async function findAnswered(client: SqlClient, acceptedSourceId: number | null): Promise<number[]> {
  const questions = await openQuestions(client)
  if (questions.length === 0) {
    return []
  }
  const records = await recordsOf(client, questions)
  const active = await activeAmong(client, questions, records)
  return questions.flatMap((question) => (isAnswered(question, records, active, acceptedSourceId) ? [question.id] : []))
}

interface AskedRecord {
  id: number
  asset_id: number | null
  link_state: string
  observation_id: number | null
  is_closed: number | boolean
}

function isAnswered(
  question: OpenQuestion,
  all: ReadonlyMap<number, AskedRecord>,
  active: ReadonlySet<number>,
  acceptedSourceId: number | null
): boolean {
  const records = question.recordIds.flatMap((id) => all.get(id) ?? [])
  const assetIds = question.assetIds.filter((id) => active.has(id))
  switch (question.kind) {
    case 'merge_candidate':
    case 'contradiction':
    case 'same_source_twin':
      return question.recordIds.length > 0
        ? !records.some((record) => record.link_state === 'held' && !record.is_closed)
        : assetIds.length < 2
    case 'match_suggestion':
      return !records.some(
        ({ asset_id: id }) => id !== null && active.has(id) && assetIds.some((suggested) => suggested !== id)
      )
    case 'identity_drift':
      return !records.some((record) => !record.is_closed && record.observation_id === question.observationId)
    case 'guard_tripped':
      return acceptedSourceId !== null && question.sourceId === acceptedSourceId
    case 'junk_identifier':
      return false
  }
}

/** Records of a source that wait for a person. */
export async function countHeld(client: SqlClient, sourceId: number): Promise<number> {
  const [row] = await selectRows<{ total: number }>(
    client,
    `select cast(count(*) as integer) as total from source_records
     where source_id = ? and link_state in ('pending', 'held') and link_state = 'held' and closed_at is null`,
    [sourceId]
  )
  return row?.total ?? 0
}

async function recordsOf(client: SqlClient, questions: readonly OpenQuestion[]): Promise<Map<number, AskedRecord>> {
  const ids = new Set(questions.flatMap((question) => question.recordIds))
  const rows = await selectRows<AskedRecord>(
    client,
    `select r.id, r.asset_id, r.link_state, r.observation_id, (r.closed_at is not null) as is_closed
     from ${bulkSql(client).rows('w', { id: 'int' })} cross join source_records r where r.id = w.id`,
    [JSON.stringify([...ids].map((id) => ({ id })))]
  )
  return new Map(rows.map((row) => [row.id, row]))
}

async function activeAmong(
  client: SqlClient,
  questions: readonly OpenQuestion[],
  records: ReadonlyMap<number, AskedRecord>
): Promise<Set<number>> {
  const ofRecords = [...records.values()].flatMap((record) => record.asset_id ?? [])
  const ids = new Set([...questions.flatMap((question) => question.assetIds), ...ofRecords])
  const rows = await selectRows<{ id: number }>(
    client,
    `select a.id from ${bulkSql(client).rows('w', { id: 'int' })}
     cross join assets a where a.id = w.id and a.is_active`,
    [JSON.stringify([...ids].map((id) => ({ id })))]
  )
  return new Set(rows.map((row) => row.id))
}
