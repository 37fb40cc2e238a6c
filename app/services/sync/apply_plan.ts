import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { completeRun, type ReadResult } from './complete_run.js'
import { PlanApproval } from './plan_approval.js'
import { loadPlanRows } from './store/plan_queries.js'
import { type OwnedRun } from './store/run_queries.js'

/** Applies an approved plan from what its run staged: no source is asked again, and no row is written that was not planned. */
export async function applyPlan(
  db: QueryClientContract,
  run: OwnedRun,
  read: ReadResult,
  signal: AbortSignal
): Promise<void> {
  const approval = new PlanApproval(run.id, await loadPlanRows(db, run.id))
  await completeRun(db, run, read, signal, approval)
}
