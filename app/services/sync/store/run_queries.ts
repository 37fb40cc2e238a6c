import { type SweepOutcome } from '#core/reconcile/sweep'
import { fromJson, toIso } from '#database/columns'
import { queueRunEvent } from '#services/webhooks/queue_events'
import { bulkSql } from './bulk_sql.js'
import { LEASE_SECONDS, renewLease } from './lease_queries.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

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
  /** Workers that this run lost since it last got on. */
  readonly deaths: number
  readonly mode: 'apply' | 'plan' | 'undo'
  /** A person approved its plan: it is applied from what it staged. */
  readonly isApproved: boolean
  /** The change set that was promised at the approval, or that a former worker opened. */
  readonly changeSetId: number | null
  /** What former workers of this run wrote. */
  readonly applied: { readonly created: number; readonly updated: number }
  readonly startedAt: string
  /** Set once it began to write: then it is decided what is absent, and that no guard stops it. */
  readonly sweep: SweepOutcome | null
  /** Under this name it holds the lease for reconciling; null while it does not. */
  readonly reconcileOwner: string | null
}

/** The run was cancelled, or another worker took it over: stop at once, write nothing more. */
export class RunLost extends Error {
  constructor(run: { readonly id: number }) {
    super(`Run ${run.id} is not this worker's any more`)
  }
}

/** Columns that a run sets while it works; JSON as text. */
export type RunChanges = Partial<RunCounts> & {
  phase?: RunPhase
  attempt?: number
  deaths?: number
  progress_total?: number | null
  change_set_id?: number
  checkpoint?: string | null
  reading?: string | null
  reading_since?: string
  sweep?: string
  dirty_assets?: string
}

/**
 * Proves that the run is still ours (and, while it reconciles, that the lease for that is), says that we live, and stores
 * where it stands. Part of each transaction of a run: a worker that lost its run cannot commit.
 *
 * @throws RunLost
 */
export async function renewRun(trx: SqlClient, run: OwnedRun, changes: RunChanges = {}): Promise<void> {
  const columns = Object.entries(changes)
  const renewed = await execute(
    trx,
    `update sync_runs set ${columns.map(([name]) => `${name} = ?, `).join('')}
       lease_expires_at = ${bulkSql(trx).clock(LEASE_SECONDS)}
     where id = ? and fence = ? and status = 'running'`,
    [...columns.map(([, value]) => value), run.id, run.fence]
  )
  const isOurs =
    renewed === 1 && (run.reconcileOwner === null || (await renewLease(trx, 'reconcile', run.reconcileOwner)))
  if (!isOurs) {
    throw new RunLost(run)
  }
}

/** Counts requests that the run made of its source, also those that came to nothing. A run that is not ours is left alone. */
export async function addRequests(client: SqlClient, run: OwnedRun, count: number): Promise<void> {
  await execute(client, 'update sync_runs set requests = requests + ? where id = ? and fence = ?', [
    count,
    run.id,
    run.fence,
  ])
}

/** True while no other worker took the run and nobody cancelled it. */
export async function isStillOurs(client: SqlClient, run: OwnedRun): Promise<boolean> {
  const rows = await selectRows(
    client,
    `select 1 as ours from sync_runs where id = ? and fence = ? and status = 'running'`,
    [run.id, run.fence]
  )
  return rows.length === 1
}

export interface RunEnd {
  readonly status: RunStatus
  readonly errors: readonly string[]
  readonly coverage?: string | null
  /** The kind of error that made it fail. */
  readonly failureKind?: string | null
}

/** Ends a run, and lets those know who want to. What it remembers of its reading stays until its stage is discarded. */
export async function closeRun(trx: SqlClient, run: OwnedRun, end: RunEnd, now: string): Promise<void> {
  const closed = await execute(
    trx,
    `update sync_runs set status = ?, phase = null, errors = ?, coverage = ?, failure_kind = ?, completed_at = ?,
       lease_owner = null, lease_expires_at = null
     where id = ? and fence = ? and status = 'running'`,
    [end.status, JSON.stringify(end.errors), end.coverage ?? null, end.failureKind ?? null, now, run.id, run.fence]
  )
  if (closed === 1) {
    await queueRunEvent(trx, run.id)
  }
}

/** Gives a run back in order: the next worker takes it at once and goes on. A run that is not ours is left alone. */
export async function releaseRun(client: SqlClient, run: OwnedRun): Promise<void> {
  await execute(
    client,
    `update sync_runs set lease_owner = null, lease_expires_at = ${bulkSql(client).clock()}
     where id = ? and fence = ? and status = 'running'`,
    [run.id, run.fence]
  )
}

/** Lets a run wait in the queue until a time, and says why. It keeps what it read. */
export async function pauseRun(
  client: SqlClient,
  run: OwnedRun,
  pause: { readonly resumeAt: string; readonly errors: readonly string[] }
): Promise<void> {
  await execute(
    client,
    `update sync_runs set status = 'queued', phase = null, resume_at = ?, errors = ?, lease_owner = null,
       lease_expires_at = null
     where id = ? and fence = ? and status = 'running'`,
    [pause.resumeAt, JSON.stringify(pause.errors), run.id, run.fence]
  )
}

export interface ChildState {
  readonly status: RunStatus
  /** Set while it waits in the queue for its time. */
  readonly resumeAt: string | null
}

/** How far the children of a run are. */
export async function loadChildStates(client: SqlClient, parentId: number): Promise<ChildState[]> {
  const rows = await selectRows<{ status: RunStatus; resume_at: unknown }>(
    client,
    'select status, resume_at from sync_runs where parent_id = ?',
    [parentId]
  )
  return rows.map((row) => ({ status: row.status, resumeAt: row.status === 'queued' ? toIso(row.resume_at) : null }))
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
  requests: number
  errors: unknown
  queued_at: unknown
  resume_at: unknown
  started_at: unknown
  completed_at: unknown
}

export const RUN_COLUMNS = `r.id, r.parent_id, r.source, r.status, r.phase, r.trigger, u.username as requested_by,
  r.progress_done, r.progress_total, r.devices_found, r.created, r.updated, r.skipped, r.missing, r.held, r.rejected,
  r.requests, r.errors, r.queued_at, r.resume_at, r.started_at, r.completed_at`

/** Times and errors of a run row in plain form. */
export function runTimes(row: RunRow): {
  errors: string[]
  queuedAt: string
  resumeAt: string | null
  startedAt: string | null
  completedAt: string | null
} {
  return {
    errors: fromJson<string[]>(row.errors),
    queuedAt: toIso(row.queued_at)!,
    resumeAt: toIso(row.resume_at),
    startedAt: toIso(row.started_at),
    completedAt: toIso(row.completed_at),
  }
}
