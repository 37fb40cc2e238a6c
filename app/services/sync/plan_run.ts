import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { judgePlan, type TrippedGuard } from '#core/reconcile/guards'
import { planHash, type PlanRow } from '#core/reconcile/plan_row'
import { collectPlan } from './collect_plan.js'
import { type ReadResult } from './complete_run.js'
import { savePlanRows } from './store/plan_queries.js'
import { countNewRecords, countOpenRecords } from './store/presence_queries.js'
import { loadBaseline, loadSourceRanks } from './store/source_queries.js'
import { closeRun, renewRun, savePlanHash, type OwnedRun } from './store/run_queries.js'
import { planSweep } from './sweep_run.js'
import { tickClock } from './store/write_clock.js'

export interface CollectedPlan {
  readonly rows: readonly PlanRow[]
  readonly guards: readonly TrippedGuard[]
}

/** What a run would write, and which guards that trips. Writes nothing. */
export async function planRun(
  db: QueryClientContract,
  run: OwnedRun,
  read: ReadResult,
  signal: AbortSignal
): Promise<CollectedPlan> {
  const sourceId = run.sourceId!
  const now = DateTime.utc().toISO()
  const baseline = await loadBaseline(db, sourceId)
  const coverage = read.impliesRemoval ? read.coverage : 'partial'
  const sweep = await planSweep(db, { run, sourceId, baseline, coverage, seen: read.seen, now })
  const input = {
    run,
    sources: await loadSourceRanks(db),
    seen: read.seen,
    dirtyAssetIds: sweep.dirtyAssetIds,
    isPartial: read.coverage === 'partial',
    now,
    signal,
  }
  const rows = await collectPlan(db, input, sweep)
  const guards = judgePlan(rows, {
    source: run.source,
    baseline,
    newRecords: await countNewRecords(db, sourceId, run.id),
    absentRecords: (await countOpenRecords(db, sourceId)) - read.seen.count,
  })
  return { rows, guards }
}

/** Stores a plan and lets the run wait until a person applies it by its hash. What was read stays staged. */
export async function awaitApproval(
  db: QueryClientContract,
  run: OwnedRun,
  read: ReadResult,
  plan: CollectedPlan
): Promise<void> {
  await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run, { skipped: read.skipped })
    await savePlanRows(trx, run.id, plan.rows)
    await savePlanHash(trx, run, planHash(plan.rows), plan.guards)
    const errors = [
      ...read.notes,
      ...plan.guards.map(({ sentence }) => `${sentence}. Nothing was written: look at the plan.`),
    ]
    await closeRun(trx, run, { status: 'awaiting_approval', errors, coverage: read.coverage }, DateTime.utc().toISO())
  })
}
