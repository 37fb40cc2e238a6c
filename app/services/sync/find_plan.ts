import db from '@adonisjs/lucid/services/db'
import { PlanOfAll, RunNotFound } from '#core/reconcile/errors'
import { type TrippedGuard } from '#core/reconcile/guards'
import { fromJson } from '#database/columns'
import { selectRows } from './store/sql_client.js'
import { countPlanRows, loadPlanRows, type StoredPlanRow } from './store/plan_queries.js'
import { type RunStatus } from './store/run_queries.js'

type PlanStatus = 'queued' | 'running' | 'planned' | 'applying' | 'completed' | 'expired' | 'failed'

/** A plan as people and scripts see it. */
export interface PlanView {
  readonly id: number
  readonly source: string
  readonly status: PlanStatus
  /** Null until it is planned, and for a plan of all sources. */
  readonly planHash: string | null
  /** Rows by action, and by outcome once it was applied. */
  readonly counts: Readonly<Record<string, number>>
  /** How many rows there are in all. */
  readonly rowCount: number
  /** Sentences of the guards that applying approves. */
  readonly guards: readonly TrippedGuard[]
  readonly errors: readonly string[]
  readonly changeSetId: number | null
  /** A plan of all sources is one plan for each, applied one by one; empty for the plan of one source. */
  readonly parts: readonly PlanView[]
}

interface PlanRunRow {
  id: number
  source_id: number | null
  source: string
  status: RunStatus
  plan_hash: string | null
  guards: unknown
  errors: unknown
  change_set_id: number | null
}

const COLUMNS = 'id, source_id, source, status, plan_hash, guards, errors, change_set_id'

/** One plan, or one run that waits for approval. */
export class FindPlan {
  /** @throws RunNotFound */
  async handle(id: number): Promise<PlanView> {
    const plan = await this.find(id)
    if (!plan) {
      throw new RunNotFound(id)
    }
    return plan
  }

  /** The plan of this id; null when the run never was one. */
  async find(id: number): Promise<PlanView | null> {
    const [row] = await selectRows<PlanRunRow>(
      db.connection(),
      `select ${COLUMNS} from sync_runs where id = ? and (mode = 'plan' or plan_hash is not null)`,
      [id]
    )
    if (!row) {
      return null
    }
    return row.source_id === null ? viewOfAll(row) : viewOfOne(row)
  }

  /**
   * Rows of a plan in order, after `afterSeq`.
   *
   * @throws RunNotFound, PlanOfAll
   */
  async rows(id: number, afterSeq: number, limit: number): Promise<StoredPlanRow[]> {
    const { parts } = await this.handle(id)
    if (parts.length > 0) {
      throw new PlanOfAll(id)
    }
    return loadPlanRows(db.connection(), id, afterSeq, limit)
  }
}

async function viewOfOne(row: PlanRunRow): Promise<PlanView> {
  const counts: Record<string, number> = {}
  let rowCount = 0
  for (const { action, outcome, total } of await countPlanRows(db.connection(), row.id)) {
    rowCount += total
    counts[action] = (counts[action] ?? 0) + total
    if (outcome !== 'planned') {
      counts[outcome] = (counts[outcome] ?? 0) + total
    }
  }
  return {
    id: row.id,
    source: row.source,
    status: toPlanStatus(row),
    planHash: row.plan_hash,
    counts,
    rowCount,
    guards: fromJson<TrippedGuard[] | null>(row.guards) ?? [],
    errors: fromJson<string[]>(row.errors),
    changeSetId: row.change_set_id,
    parts: [],
  }
}

async function viewOfAll(row: PlanRunRow): Promise<PlanView> {
  const rows = await selectRows<PlanRunRow>(
    db.connection(),
    `select ${COLUMNS} from sync_runs where parent_id = ? order by id`,
    [row.id]
  )
  const parts: PlanView[] = []
  const counts: Record<string, number> = {}
  for (const part of rows) {
    const view = await viewOfOne(part)
    parts.push(view)
    for (const [name, count] of Object.entries(view.counts)) {
      counts[name] = (counts[name] ?? 0) + count
    }
  }
  const own = toPlanStatus(row)
  return {
    id: row.id,
    source: row.source,
    status: own === 'completed' || own === 'failed' ? statusOfParts(parts) : own,
    planHash: null,
    counts,
    rowCount: parts.reduce((sum, part) => sum + part.rowCount, 0),
    guards: parts.flatMap(({ guards }) => guards),
    errors: parts.flatMap(({ source, errors }) => errors.map((error) => `${source}: ${error}`)),
    changeSetId: null,
    parts,
  }
}

/** Where the most pressing of the parts stands. */
function statusOfParts(parts: readonly PlanView[]): PlanStatus {
  const order = ['applying', 'planned', 'failed', 'completed', 'expired'] as const
  return order.find((status) => parts.some((part) => part.status === status)) ?? 'completed'
}

function toPlanStatus({ status, change_set_id: changeSetId }: PlanRunRow): PlanStatus {
  const isApproved = changeSetId !== null
  switch (status) {
    case 'queued':
    case 'running':
      return isApproved ? 'applying' : status
    case 'awaiting_approval':
      return 'planned'
    case 'cancelled':
      return 'expired'
    case 'completed':
    case 'failed':
      return status
  }
}
