import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { SeenRecords } from '#core/reconcile/seen_records'
import { completeRun } from './complete_run.js'
import { PlanApproval } from './plan_approval.js'
import { loadPlanRows, markPlanRows } from './store/plan_queries.js'
import { loadReading, type OwnedRun } from './store/run_queries.js'
import { loadSeenBlocks } from './store/stage_queries.js'

/** Applies an approved plan from what its run staged: no source is asked again, and no row is written that was not planned. */
export async function applyPlan(db: QueryClientContract, run: OwnedRun, signal: AbortSignal): Promise<void> {
  const reading = await loadReading(db, run.id)
  const seen = SeenRecords.fromBlocks(await loadSeenBlocks(db, run.id, reading.attempt))
  const approval = new PlanApproval(run.changeSetId!, await loadPlanRows(db, run.id))
  const notes: string[] = []
  const read = { seen, coverage: reading.coverage, impliesRemoval: true, notes, skipped: reading.skipped }
  await completeRun(db, run, read, signal, {
    changeSetId: approval.changeSetId,
    restrict: (plan) => approval.restrict(plan),
  })
  await markPlanRows(db, run.id, approval.applied, 'applied')
  await markPlanRows(db, run.id, approval.stale, 'stale')
}
