import { type EndedRun } from '#core/reconcile/schedule'
import { toIso } from '#database/columns'
import { selectRows, type SqlClient } from './sql_client.js'

/** More failures in a row change nothing any more. */
const ENOUGH_RUNS = 4

/** A run of all sources, as the schedule sees it. */
export interface LatestRun {
  readonly id: number
  readonly queuedAt: string
  /** It is queued or running, and does not merely wait because a source asked for a pause. */
  readonly isUnderWay: boolean
}

/** The latest run of all sources, whoever asked for it. */
export async function loadLatestRun(client: SqlClient): Promise<LatestRun | null> {
  const [row] = await selectRows<{ id: number; queued_at: unknown; status: string; resume_at: unknown }>(
    client,
    `select id, queued_at, status, resume_at from sync_runs where source = 'all' order by id desc limit 1`
  )
  return row
    ? {
        id: row.id,
        queuedAt: toIso(row.queued_at)!,
        isUnderWay: row.status === 'running' || (row.status === 'queued' && row.resume_at === null),
      }
    : null
}

/** The latest runs of a source that ended by themselves, newest first. */
export async function loadEndedRuns(client: SqlClient, source: string): Promise<(EndedRun & { id: number })[]> {
  const rows = await selectRows<{ id: number; status: string; failure_kind: string | null; completed_at: unknown }>(
    client,
    `select r.id, r.status, r.failure_kind, r.completed_at from sync_runs r
     where r.source_id = (select id from sources where name = ?) and r.status in ('completed', 'failed', 'awaiting_approval')
     order by r.id desc limit ?`,
    [source, ENOUGH_RUNS]
  )
  return rows.map((row) => ({
    id: row.id,
    isFailed: row.status === 'failed',
    failureKind: row.failure_kind,
    endedAt: toIso(row.completed_at)!,
  }))
}

/** Names of the sources that a run is queued for or working on. */
export async function busySources(client: SqlClient): Promise<Set<string>> {
  const rows = await selectRows<{ source: string }>(
    client,
    `select source from sync_runs where status in ('queued', 'running') and source_id is not null`
  )
  return new Set(rows.map((row) => row.source))
}
