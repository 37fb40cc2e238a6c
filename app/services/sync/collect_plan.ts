import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { toPlanRow, type PlanRow } from '#core/reconcile/plan_row'
import { decideBatch, findWork, type ReconcileInput } from './find_work.js'
import { faultPoint } from './fault_point.js'
import { type PlannedSweep } from './sweep_run.js'
import { renewRun } from './store/run_queries.js'
import { letOthersWrite, tickClock } from './store/write_clock.js'

/** Decides everything that a run would write, and writes nothing: each batch's transaction is rolled back. */
export async function collectPlan(
  db: QueryClientContract,
  input: ReconcileInput,
  sweep: PlannedSweep
): Promise<PlanRow[]> {
  const work = await findWork(db, input)
  const rows: PlanRow[] = []
  for (const batch of work?.batches() ?? []) {
    await letOthersWrite(db)
    input.signal.throwIfAborted()
    const trx = await db.transaction()
    try {
      await tickClock(trx)
      await sweep.mark(trx)
      const { plan } = await decideBatch(trx, { ...input, runId: input.run.id }, work!, batch)
      rows.push(...plan.changes.map(({ change, createdFrom }) => toPlanRow(change, createdFrom)))
    } finally {
      await trx.rollback()
    }
    faultPoint('planned')
    await renewRun(db, input.run, { phase: 'reconciling' })
  }
  return rows
}
