import { type SourceRank } from '#core/reconcile/types'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** Every source that ever was configured, with its rank. `reassignable` is what the plugin said when it was registered. */
export async function loadSourceRanks(client: SqlClient): Promise<Map<number, SourceRank>> {
  const rows = await selectRows<{ id: number; name: string; rank: number; is_reassignable: number | boolean }>(
    client,
    'select id, name, rank, is_reassignable from sources order by rank, id'
  )
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, name: row.name, rank: row.rank, reassignable: Boolean(row.is_reassignable) },
    ])
  )
}

/** How many devices the last accepted complete run listed; null before the first. */
export async function loadBaseline(client: SqlClient, sourceId: number): Promise<number | null> {
  const [row] = await selectRows<{ baseline_count: number | null }>(
    client,
    'select baseline_count from sources where id = ?',
    [sourceId]
  )
  return row?.baseline_count ?? null
}

/** Remembers how a run of the source ended. A baseline of null keeps the old one: a refused sweep moves nothing. */
export async function saveSourceState(
  trx: SqlClient,
  sourceId: number,
  state: { runId: number; health: string; message: string | null; baseline: number | null; isComplete: boolean },
  now: string
): Promise<void> {
  await execute(
    trx,
    `update sources set last_run_id = ?, health_since = case when health = ? then health_since else ? end,
       health = ?, health_message = ?, baseline_count = coalesce(?, baseline_count),
       last_completed_at = case when ? = 1 then ? else last_completed_at end
     where id = ?`,
    [
      state.runId,
      state.health,
      now,
      state.health,
      state.message,
      state.baseline,
      Number(state.isComplete),
      now,
      sourceId,
    ]
  )
}

/** Remembers whether the source may give a native id to other hardware. Written only when it changed. */
export async function saveReassignable(client: SqlClient, sourceId: number, isReassignable: boolean): Promise<void> {
  await execute(client, 'update sources set is_reassignable = ? where id = ? and is_reassignable <> ?', [
    isReassignable,
    sourceId,
    isReassignable,
  ])
}
