import { fromJson, toIso } from '#database/columns'
import { type SweepOutcome } from '#core/reconcile/sweep'
import { bulkSql } from './bulk_sql.js'
import { LEASE_SECONDS } from './lease_queries.js'
import { type OwnedRun } from './run_queries.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/**
 * Takes the oldest run that nobody works on, or the one asked for: queued ones whose time has come, and running ones
 * whose worker fell silent or gave them back. Answers null when there is none. The children of a run belong to who owns
 * the parent; an approved plan stands alone.
 */
export async function claimRun(
  client: SqlClient,
  owner: string,
  onlyId: number | null = null
): Promise<OwnedRun | null> {
  const now = bulkSql(client).clock()
  const [row] = await selectRows<{ id: number; fence: number }>(
    client,
    `select id, fence from sync_runs
     where status in ('queued', 'running') and (parent_id is null or plan_hash is not null)
       and ((status = 'queued' and (resume_at is null or resume_at <= ${now}))
         or (status = 'running' and lease_expires_at <= ${now}))
       ${onlyId === null ? '' : 'and id = ?'}
     order by id limit 1`,
    onlyId === null ? [] : [onlyId]
  )
  return row ? takeRun(client, row, owner) : null
}

/** Takes the next child of a run that is owned, also one that a former owner left unfinished. Null: none is left now. */
export async function claimChild(client: SqlClient, parentId: number, owner: string): Promise<OwnedRun | null> {
  const [row] = await selectRows<{ id: number; fence: number }>(
    client,
    `select id, fence from sync_runs
     where parent_id = ? and plan_hash is null
       and ((status = 'queued' and (resume_at is null or resume_at <= ${bulkSql(client).clock()})) or status = 'running')
     order by id limit 1`,
    [parentId]
  )
  return row ? takeRun(client, row, owner) : null
}

/** A run that is taken while somebody is named as its owner has lost that worker. */
async function takeRun(
  client: SqlClient,
  { id, fence }: { id: number; fence: number },
  owner: string
): Promise<OwnedRun | null> {
  const sql = bulkSql(client)
  const taken = await execute(
    client,
    `update sync_runs set status = 'running', lease_owner = ?, fence = fence + 1,
       lease_expires_at = ${sql.clock(LEASE_SECONDS)}, resume_at = null, errors = '[]',
       deaths = case when status = 'running' and lease_owner is not null then deaths + 1 else deaths end,
       started_at = coalesce(started_at, ${sql.clock()})
     where id = ? and fence = ? and status in ('queued', 'running')`,
    [owner, id, fence]
  )
  return taken === 1 ? loadOwned(client, id, fence + 1) : null
}

interface OwnedRow {
  parent_id: number | null
  source_id: number | null
  source: string
  attempt: number
  deaths: number
  mode: 'apply' | 'plan' | 'undo'
  plan_hash: string | null
  change_set_id: number | null
  created: number
  updated: number
  started_at: unknown
  sweep: unknown
  dirty_assets: unknown
}

async function loadOwned(client: SqlClient, id: number, fence: number): Promise<OwnedRun | null> {
  const [row] = await selectRows<OwnedRow>(
    client,
    `select parent_id, source_id, source, attempt, deaths, mode, plan_hash, change_set_id, created, updated, started_at,
            sweep, dirty_assets
     from sync_runs where id = ? and fence = ?`,
    [id, fence]
  )
  if (!row) {
    return null
  }
  const sweep = fromJson<Omit<SweepOutcome, 'dirtyAssetIds'> | null>(row.sweep)
  const dirtyAssetIds = fromJson<number[] | null>(row.dirty_assets) ?? []
  return {
    id,
    parentId: row.parent_id,
    sourceId: row.source_id,
    source: row.source,
    attempt: row.attempt,
    fence,
    deaths: row.deaths,
    mode: row.mode,
    isApproved: row.plan_hash !== null,
    changeSetId: row.change_set_id,
    applied: { created: row.created, updated: row.updated },
    startedAt: toIso(row.started_at)!,
    sweep: sweep && { ...sweep, dirtyAssetIds },
    reconcileOwner: null,
  }
}
