import { runTimes, type RunPhase, type RunRow, type RunStatus } from './store/run_queries.js'

/** A run as console, API and commands show it. Times are ISO 8601 in UTC. */
export interface RunView {
  readonly id: number
  readonly source: string
  readonly status: RunStatus
  readonly phase: RunPhase | null
  readonly trigger: string
  readonly requestedBy: string | null
  readonly queuedAt: string
  /** Set while it waits in the queue because the source asked for a pause: not before then. */
  readonly resumeAt: string | null
  readonly startedAt: string | null
  readonly completedAt: string | null
  readonly devicesFound: number
  readonly created: number
  readonly updated: number
  readonly skipped: number
  readonly missing: number
  /** Records that wait for a person and belong to no asset. */
  readonly held: number
  readonly rejected: number
  /** HTTP requests to the source, retries included. */
  readonly requests: number
  /** Sentences. Those of a run of all sources name the source. */
  readonly errors: readonly string[]
  readonly progress: { readonly done: number; readonly total: number | null } | null
  /** One run per source, for a run of all. */
  readonly children: readonly RunView[]
}

/** A run with its children; the counts of a run of all sources are the sums of theirs. */
export function toRunView(row: RunRow, children: readonly RunRow[]): RunView {
  const views = children.map((child) => toRunView(child, []))
  const sum = (count: keyof RunView & keyof CountedRun) => views.reduce((total, view) => total + view[count], 0)
  const counts = views.length > 0 ? mapCounts(sum) : ownCounts(row)
  const childErrors = views.flatMap((view) => view.errors.map((error) => named(view.source, error)))
  const times = runTimes(row)
  return {
    id: row.id,
    source: row.source,
    status: views.length > 0 ? statusOfAll(row.status, views) : row.status,
    phase: row.phase ?? views.find((view) => view.status === 'running')?.phase ?? null,
    trigger: row.trigger,
    requestedBy: row.requested_by,
    ...times,
    errors: [...times.errors, ...childErrors],
    ...counts,
    progress: row.status === 'running' ? progressOf(row, views) : null,
    children: views,
  }
}

/** A run of all sources that came to its end stands where its parts stand: one may wait for approval, or be applied now. */
function statusOfAll(own: RunStatus, views: readonly RunView[]): RunStatus {
  const isAny = (...statuses: RunStatus[]) => views.some(({ status }) => statuses.includes(status))
  if (own !== 'completed' || isAny('failed')) {
    return own === 'completed' ? 'failed' : own
  }
  if (isAny('queued', 'running')) {
    return 'running'
  }
  return isAny('awaiting_approval') ? 'awaiting_approval' : own
}

type CountedRun = ReturnType<typeof ownCounts>

function ownCounts(row: RunRow) {
  return {
    devicesFound: row.devices_found,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    missing: row.missing,
    held: row.held,
    rejected: row.rejected,
    requests: row.requests,
  }
}

function mapCounts(sum: (count: keyof CountedRun) => number): CountedRun {
  return {
    devicesFound: sum('devicesFound'),
    created: sum('created'),
    updated: sum('updated'),
    skipped: sum('skipped'),
    missing: sum('missing'),
    held: sum('held'),
    rejected: sum('rejected'),
    requests: sum('requests'),
  }
}

function progressOf(row: RunRow, views: readonly RunView[]): RunView['progress'] {
  const active = views.find((view) => view.status === 'running')
  return active?.progress ?? { done: row.progress_done, total: row.progress_total }
}

function named(source: string, error: string): string {
  return error.startsWith(source) ? error : `${source}: ${error}`
}
