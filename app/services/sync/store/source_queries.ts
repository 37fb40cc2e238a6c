import { type JsonObject } from '@laim/sdk'
import { type ReadingTerms, type StoredMark } from '#core/reconcile/reading'
import { type SourceRank } from '#core/reconcile/types'
import { fromJson } from '#database/columns'
import { bulkSql } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** Every source that ever was configured, with its rank. `reassignable` is what the plugin said when it was registered. */
export async function loadSourceRanks(client: SqlClient): Promise<Map<number, SourceRank>> {
  const rows = await selectRows<{
    id: number
    name: string
    rank: number
    is_reassignable: number | boolean
    release_after_hours: number | null
    enabled: number | boolean
  }>(client, 'select id, name, rank, is_reassignable, release_after_hours, enabled from sources order by rank, id')
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        rank: row.rank,
        reassignable: Boolean(row.is_reassignable),
        releaseAfterHours: row.release_after_hours,
        isRead: Boolean(row.enabled),
      },
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

/** What the plugin wanted to remember of a source; undefined for nothing that it could still use. */
export async function loadMark(
  client: SqlClient,
  sourceId: number,
  terms: Pick<ReadingTerms, 'checkpointVersion' | 'baseUrl'>
): Promise<JsonObject | undefined> {
  const [row] = await selectRows<{ mark: string | null }>(client, 'select mark from sources where id = ?', [sourceId])
  const stored = row?.mark ? fromJson<StoredMark>(row.mark) : null
  const isUsable = stored?.checkpointVersion === terms.checkpointVersion && stored.baseUrl === terms.baseUrl
  return isUsable ? stored.next : undefined
}

export async function saveMark(trx: SqlClient, sourceId: number, mark: StoredMark): Promise<void> {
  await execute(trx, 'update sources set mark = ? where id = ?', [JSON.stringify(mark), sourceId])
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

/** A source whose rank, or time of release, is not the one by which its assets were computed. */
export interface ChangedPolicy {
  readonly id: number
  readonly name: string
  readonly policy: string
}

const POLICY = `cast(rank as text) || '/' || coalesce(cast(release_after_hours as text), 'never')`

/** Sources whose policy changed since their assets were computed by it. */
export async function changedPolicies(client: SqlClient): Promise<ChangedPolicy[]> {
  return selectRows(
    client,
    `select id, name, ${POLICY} as policy from sources where applied_policy is distinct from ${POLICY} order by id`
  )
}

/** Remembers by which policy assets are computed now. */
export async function saveAppliedPolicies(trx: SqlClient, changed: readonly ChangedPolicy[]): Promise<void> {
  for (const { id, policy } of changed) {
    await execute(trx, 'update sources set applied_policy = ? where id = ?', [policy, id])
  }
}

/** Active assets, after an id, that one of these sources and another one speak of: a policy can change them. */
export async function assetsUnderPolicy(
  client: SqlClient,
  sourceIds: readonly number[],
  afterId: number,
  limit: number
): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select distinct a.id from source_records r join assets a on a.id = r.asset_id
     where r.source_id in (select id from ${bulkSql(client).rows('w', { id: 'int' })}) and a.is_active and a.id > ?
       and exists (select 1 from source_records o where o.asset_id = a.id and o.source_id <> r.source_id)
     order by a.id limit ?`,
    [JSON.stringify(sourceIds.map((id) => ({ id }))), afterId, limit]
  )
  return rows.map((row) => row.id)
}

/** Gives sources other ranks, by their names. */
export async function saveRanks(trx: SqlClient, ranks: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, rank] of Object.entries(ranks)) {
    await execute(trx, 'update sources set rank = ? where name = ?', [rank, name])
  }
}
