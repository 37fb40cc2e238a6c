import db from '@adonisjs/lucid/services/db'
import { RunNotFound } from '#core/reconcile/errors'
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
  /** Null until it is planned. */
  readonly planHash: string | null
  /** Rows by action, and by outcome once it was applied. */
  readonly counts: Readonly<Record<string, number>>
  /** Sentences of the guards that applying approves. */
  readonly guards: readonly TrippedGuard[]
  readonly errors: readonly string[]
  readonly changeSetId: number | null
}

interface PlanRunRow {
  id: number
  source: string
  status: RunStatus
  plan_hash: string | null
  guards: unknown
  errors: unknown
  change_set_id: number | null
}

/** One plan, or one run that waits for approval. */
export class FindPlan {
  /** @throws RunNotFound */
  async handle(id: number): Promise<PlanView> {
    const [row] = await selectRows<PlanRunRow>(
      db.connection(),
      `select id, source, status, plan_hash, guards, errors, change_set_id from sync_runs
       where id = ? and (mode = 'plan' or plan_hash is not null)`,
      [id]
    )
    if (!row) {
      throw new RunNotFound(id)
    }
    const counts: Record<string, number> = {}
    for (const { action, outcome, total } of await countPlanRows(db.connection(), id)) {
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
      guards: fromJson<TrippedGuard[] | null>(row.guards) ?? [],
      errors: fromJson<string[]>(row.errors),
      changeSetId: row.change_set_id,
    }
  }

  /** Rows of a plan in order, after `afterSeq`. */
  async rows(id: number, afterSeq: number, limit: number): Promise<StoredPlanRow[]> {
    await this.handle(id)
    return loadPlanRows(db.connection(), id, afterSeq, limit)
  }
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
