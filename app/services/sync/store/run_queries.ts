import { fromJson, toIso } from '#database/columns'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** How long a worker may be silent before another takes its run. */
export const LEASE_MS = 60_000

export type RunStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'awaiting_approval'
export type RunPhase = 'reading' | 'reconciling'

/** The counters of a run, as columns. */
export interface RunCounts {
  devices_found: number
  created: number
  updated: number
  skipped: number
  missing: number
  held: number
  rejected: number
  progress_done: number
}

/** A run that this process owns: every write proves it with the fence. */
export interface OwnedRun {
  readonly id: number
  readonly parentId: number | null
  readonly sourceId: number | null
  readonly source: string
  readonly attempt: number
  readonly fence: number
  readonly mode: 'apply' | 'plan'
  /** A person approved its plan: it is applied from what it staged. */
  readonly isApproved: boolean
  /** The change set that was promised at the approval. */
  readonly changeSetId: number | null
}

/** The run was cancelled, or another worker took it over: stop at once, write nothing more. */
export class RunLost extends Error {}

interface QueuedRow {
  id: number
  parent_id: number | null
  source_id: number | null
  source: string
  attempt: number
  fence: number
  mode: 'apply' | 'plan'
  plan_hash: string | null
  change_set_id: number | null
}

const QUEUE_COLUMNS = 'id, parent_id, source_id, source, attempt, fence, mode, plan_hash, change_set_id'

/**
 * Takes the oldest run that nobody works on, or the one asked for: queued ones whose time has come, and running ones
 * whose worker fell silent. Answers null when there is none. The children of a run belong to who owns the parent.
 */
export async function claimRun(
  client: SqlClient,
  owner: string,
  now: Date,
  onlyId: number | null = null
): Promise<OwnedRun | null> {
  const [row] = await selectRows<QueuedRow>(
    client,
    `select ${QUEUE_COLUMNS} from sync_runs
     where (parent_id is null or plan_hash is not null) and ((status = 'queued' and (resume_at is null or resume_at <= ?))
        or (status = 'running' and lease_expires_at < ?))
       ${onlyId === null ? '' : 'and id = ?'}
     order by id limit 1`,
    [now.toISOString(), now.toISOString(), ...(onlyId === null ? [] : [onlyId])]
  )
  return row ? takeRun(client, row, owner, now) : null
}

/** Takes the children of a run that is owned, in the order in which they are to run. */
export async function claimChildren(trx: SqlClient, parentId: number, owner: string, now: Date): Promise<OwnedRun[]> {
  const rows = await selectRows<QueuedRow>(
    trx,
    `select ${QUEUE_COLUMNS} from sync_runs
     where parent_id = ? and status in ('queued', 'running') order by id`,
    [parentId]
  )
  const owned: OwnedRun[] = []
  for (const row of rows) {
    const run = await takeRun(trx, row, owner, now)
    if (run) {
      owned.push(run)
    }
  }
  return owned
}

async function takeRun(trx: SqlClient, row: QueuedRow, owner: string, now: Date): Promise<OwnedRun | null> {
  const taken = await execute(
    trx,
    `update sync_runs set status = 'running', lease_owner = ?, fence = fence + 1, lease_expires_at = ?,
       attempt = case when status = 'running' then attempt + 1 else attempt end,
       started_at = coalesce(started_at, ?)
     where id = ? and fence = ? and status in ('queued', 'running')`,
    [owner, new Date(now.getTime() + LEASE_MS).toISOString(), now.toISOString(), row.id, row.fence]
  )
  if (taken !== 1) {
    return null
  }
  const [current] = await selectRows<{ attempt: number; fence: number }>(
    trx,
    'select attempt, fence from sync_runs where id = ?',
    [row.id]
  )
  return {
    id: row.id,
    parentId: row.parent_id,
    sourceId: row.source_id,
    source: row.source,
    attempt: current!.attempt,
    fence: current!.fence,
    mode: row.mode,
    isApproved: row.plan_hash !== null,
    changeSetId: row.change_set_id,
  }
}

/**
 * Proves that the run is still ours, says that we live, and stores where it stands. The first statement of each of
 * the run's transactions, so that a worker that lost its run cannot write.
 *
 * @throws RunLost
 */
export async function renewRun(
  trx: SqlClient,
  run: OwnedRun,
  changes: Partial<RunCounts> & { phase?: RunPhase; progress_total?: number | null } = {}
): Promise<void> {
  const columns = Object.entries({
    ...changes,
    lease_expires_at: new Date(Date.now() + LEASE_MS).toISOString(),
  })
  const renewed = await execute(
    trx,
    `update sync_runs set ${columns.map(([name]) => `${name} = ?`).join(', ')}
     where id = ? and fence = ? and status = 'running'`,
    [...columns.map(([, value]) => value), run.id, run.fence]
  )
  if (renewed !== 1) {
    throw new RunLost(`Run ${run.id} is not this worker's any more`)
  }
}

/** Ends a run. */
export async function closeRun(
  trx: SqlClient,
  run: OwnedRun,
  end: { status: RunStatus; errors: readonly string[]; coverage?: string | null },
  now: string
): Promise<void> {
  await execute(
    trx,
    `update sync_runs set status = ?, phase = null, errors = ?, coverage = ?, completed_at = ?, lease_owner = null,
       lease_expires_at = null
     where id = ? and fence = ? and status = 'running'`,
    [end.status, JSON.stringify(end.errors), end.coverage ?? null, now, run.id, run.fence]
  )
}

/** Remembers what a plan is approved by, and which guards it tripped. */
export async function savePlanHash(
  trx: SqlClient,
  run: OwnedRun,
  planHash: string,
  guards: readonly unknown[]
): Promise<void> {
  await execute(trx, 'update sync_runs set plan_hash = ?, guards = ? where id = ?', [
    planHash,
    JSON.stringify(guards),
    run.id,
  ])
}

/** What a planned run remembers of its reading. */
export async function loadReading(
  client: SqlClient,
  runId: number
): Promise<{ attempt: number; coverage: 'complete' | 'partial'; skipped: number }> {
  const [row] = await selectRows<{ attempt: number; coverage: 'complete' | 'partial'; skipped: number }>(
    client,
    `select (select max(attempt) from run_seen s where s.run_id = r.id) as attempt, r.coverage, r.skipped
     from sync_runs r where r.id = ?`,
    [runId]
  )
  return { ...row!, attempt: row!.attempt ?? 1 }
}

/** Gives a run back: the next worker takes it at once and starts a new attempt. */
export async function releaseRun(trx: SqlClient, run: OwnedRun, now: string): Promise<void> {
  await execute(trx, `update sync_runs set lease_expires_at = ? where id = ? and fence = ? and status = 'running'`, [
    now,
    run.id,
    run.fence,
  ])
}

/** A row of `sync_runs` as it is shown. */
export interface RunRow extends RunCounts {
  id: number
  parent_id: number | null
  source: string
  status: RunStatus
  phase: RunPhase | null
  trigger: string
  requested_by: string | null
  progress_total: number | null
  errors: unknown
  queued_at: unknown
  started_at: unknown
  completed_at: unknown
}

export const RUN_COLUMNS = `r.id, r.parent_id, r.source, r.status, r.phase, r.trigger, u.username as requested_by,
  r.progress_done, r.progress_total, r.devices_found, r.created, r.updated, r.skipped, r.missing, r.held, r.rejected,
  r.errors, r.queued_at, r.started_at, r.completed_at`

/** Times and errors of a run row in plain form. */
export function runTimes(row: RunRow): {
  errors: string[]
  queuedAt: string
  startedAt: string | null
  completedAt: string | null
} {
  return {
    errors: fromJson<string[]>(row.errors),
    queuedAt: toIso(row.queued_at)!,
    startedAt: toIso(row.started_at),
    completedAt: toIso(row.completed_at),
  }
}
