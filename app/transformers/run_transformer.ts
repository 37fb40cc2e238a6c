import { type RunView } from '#services/sync/run_view'
import { choice, integer, listOf, nullable, shape, text, time, type ShapeField } from './shape.js'

const RUN_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled', 'awaiting_approval']

/** How far a sync that works is; without `total` the source does not say how much there is. */
export const progressShape = shape<NonNullable<RunView['progress']>>('Progress', {
  done: integer((progress) => progress.done),
  total: nullable(integer((progress) => progress.total)),
})

const FIELDS: Record<string, ShapeField<RunView>> = {
  id: integer((run) => run.id),
  source: text((run) => run.source),
  status: choice(RUN_STATUSES, (run) => run.status),
  phase: nullable(text((run) => run.phase)),
  trigger: text((run) => run.trigger),
  requested_by: nullable(text((run) => run.requestedBy)),
  queued_at: time((run) => run.queuedAt),
  resume_at: nullable(time((run) => run.resumeAt)),
  started_at: nullable(time((run) => run.startedAt)),
  completed_at: nullable(time((run) => run.completedAt)),
  devices_found: integer((run) => run.devicesFound),
  created: integer((run) => run.created),
  updated: integer((run) => run.updated),
  skipped: integer((run) => run.skipped),
  missing: integer((run) => run.missing),
  held: integer((run) => run.held),
  rejected: integer((run) => run.rejected),
  requests: integer((run) => run.requests),
  errors: listOf({ type: 'string' }, (run) => run.errors),
  progress: nullable({
    schema: progressShape.schema,
    read: ({ progress }) => progress && progressShape.toJson(progress),
  }),
}

const partShape = shape<RunView>('RunOfSource', FIELDS)

/** One sync. A sync of all sources has the run of each under `sources`, and their sums as its own counts. */
export const runShape = shape<RunView>('Run', {
  ...FIELDS,
  sources: listOf(partShape.schema, (run) => run.children.map(partShape.toJson)),
})

interface StartedRun {
  readonly runId: number
  readonly source: string
}

/** The answer to a request for a sync. */
export const startedRunShape = shape<StartedRun>('StartedRun', {
  sync_id: integer((run) => run.runId),
  status: choice(['queued'], () => 'queued'),
  message: text(({ source, runId }) =>
    source === 'all'
      ? `Sync of all sources is queued: follow it at /api/sync/status/${runId}`
      : `Sync of ${source} is queued: follow it at /api/sync/status/${runId}`
  ),
})
