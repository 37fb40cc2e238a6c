import { isSameRow, toPlanRow } from '#core/reconcile/plan_row'
import { type BatchPlan } from './plan_batch.js'
import { type Approval } from './reconcile_run.js'
import { type StoredPlanRow } from './store/plan_queries.js'

/**
 * Holds what is decided now against what was approved: a row is written only when it is ticked and says exactly the
 * same about the same revision. The rest stays staged, and the next run decides about it anew.
 */
export class PlanApproval implements Approval {
  readonly changeSetId: number
  readonly #rows: Map<string, StoredPlanRow>
  readonly #applied: number[] = []

  constructor(changeSetId: number, rows: readonly StoredPlanRow[]) {
    this.changeSetId = changeSetId
    this.#rows = new Map(rows.map((row) => [row.key, row]))
  }

  restrict(plan: BatchPlan): BatchPlan {
    const refused = new Set<number>()
    const changes = plan.changes.filter((planned) => {
      const now = toPlanRow(planned.change, planned.createdFrom)
      const row = this.#rows.get(now.key)
      if (row?.outcome === 'planned' && isSameRow(row, now)) {
        this.#applied.push(row.seq)
        return true
      }
      planned.recordIds.forEach((id) => refused.add(id))
      return false
    })
    return {
      changes,
      identifiersOnly: plan.identifiersOnly,
      updates: plan.updates.filter(({ id }) => !refused.has(id)),
      reviews: plan.reviews.filter(({ recordIds }) => !recordIds.some((id) => refused.has(id))),
    }
  }

  /** Places of the rows that were written. */
  get applied(): readonly number[] {
    return this.#applied
  }

  /** Places of ticked rows that were not written: somebody else was there meanwhile. */
  get stale(): number[] {
    const applied = new Set(this.#applied)
    return [...this.#rows.values()]
      .filter((row) => row.outcome === 'planned' && !applied.has(row.seq))
      .map((row) => row.seq)
  }
}
