import { isSameRow, toPlanRow } from '#core/reconcile/plan_row'
import { type BatchPlan } from './plan_batch.js'
import { type Approval } from './reconcile_run.js'
import { markPlanRows, markStaleRows, type StoredPlanRow } from './store/plan_queries.js'
import { type SqlClient } from './store/sql_client.js'

/**
 * Holds what is decided now against what was approved: a row is written only when it is ticked and says exactly the
 * same about the same revision. The rest stays staged, and the next run decides about it anew.
 */
export class PlanApproval implements Approval {
  readonly #runId: number
  readonly #rows: Map<string, StoredPlanRow>

  constructor(runId: number, rows: readonly StoredPlanRow[]) {
    this.#runId = runId
    this.#rows = new Map(rows.map((row) => [row.key, row]))
  }

  async restrict(trx: SqlClient, plan: BatchPlan): Promise<BatchPlan> {
    const allowed: number[] = []
    const refused = new Set<number>()
    const changes = plan.changes.filter((planned) => {
      const now = toPlanRow(planned.change, planned.createdFrom)
      const row = this.#rows.get(now.key)
      if (row?.outcome === 'planned' && isSameRow(row, now)) {
        allowed.push(row.seq)
        return true
      }
      planned.recordIds.forEach((id) => refused.add(id))
      return false
    })
    await markPlanRows(trx, this.#runId, allowed, 'applied')
    return {
      changes,
      identifiersOnly: plan.identifiersOnly,
      updates: plan.updates.filter(({ id }) => !refused.has(id)),
      reviews: plan.reviews.filter(({ recordIds }) => !recordIds.some((id) => refused.has(id))),
    }
  }

  /** Ticked rows that were not written are stale: somebody else was there meanwhile, or the database refused them. */
  async finish(trx: SqlClient): Promise<void> {
    await markStaleRows(trx, this.#runId)
  }
}
