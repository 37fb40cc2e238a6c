import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { type ReadingResult } from '#core/reconcile/reading'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { faultPoint } from './fault_point.js'
import { applyPolicy } from './replan_policy.js'
import { reconcileRun, type Approval } from './reconcile_run.js'
import { closeAnsweredReviews, countHeld } from './settle_reviews.js'
import { forgetReading } from './store/reading_queries.js'
import { closeRun, renewRun, type OwnedRun } from './store/run_queries.js'
import { loadBaseline, loadSourceRanks, saveMark, saveSourceState } from './store/source_queries.js'
import { tickClock } from './store/write_clock.js'
import { sweepRun } from './sweep_run.js'
import { type StoreFailure } from './write_one_by_one.js'

/** What a reading left for the second half of its run. */
export interface ReadResult extends ReadingResult {
  readonly seen: SeenRecords
  readonly rejected: number
  /** Devices that were unchanged, excluded or rejected. */
  readonly skipped: number
  /** Devices that say something new. */
  readonly changed: number
}

/**
 * Second half of a run: sweep, reconcile, close. The caller holds the lease for reconciling. What a former worker of the
 * run did of it is not done again.
 */
export async function completeRun(
  db: QueryClientContract,
  run: OwnedRun,
  read: ReadResult,
  signal: AbortSignal,
  approval: Approval | null = null
): Promise<void> {
  const sourceId = run.sourceId!
  const now = DateTime.utc().toISO()
  const sweep =
    run.sweep ??
    (await sweepRun(db, {
      run,
      sourceId,
      baseline: await loadBaseline(db, sourceId),
      coverage: read.impliesRemoval ? read.coverage : 'partial',
      seen: read.seen,
      now,
    }))
  faultPoint('swept')
  await applyPolicy(db, { userId: null, name: 'configuration' }, run)
  const input = {
    run,
    sources: await loadSourceRanks(db),
    seen: read.seen,
    dirtyAssetIds: sweep.dirtyAssetIds,
    isPartial: read.coverage === 'partial',
    now,
    signal,
  }
  const reconciled = await reconcileRun(db, input, approval)
  await closeAnsweredReviews(db, run, now, sweep.isAccepted ? sourceId : null)

  const { failures, ...changed } = reconciled
  const errors = [...read.notes, sweep.notice, toNotice(failures)].filter((sentence) => sentence !== null)
  const held = await countHeld(db, sourceId)
  faultPoint('closing')
  await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run, {
      ...changed,
      rejected: read.rejected + failures.length,
      skipped: read.skipped + failures.length,
      missing: sweep.missing,
      held,
    })
    await approval?.finish(trx)
    await closeRun(trx, run, { status: 'completed', errors, coverage: read.coverage }, DateTime.utc().toISO())
    if (!run.isApproved) {
      await forgetReading(trx, run.id)
    }
    if (read.mark && (sweep.isAccepted || !read.impliesRemoval)) {
      await saveMark(trx, sourceId, read.mark)
    }
    await saveSourceState(
      trx,
      sourceId,
      {
        runId: run.id,
        health: errors.length > 0 ? 'degraded' : 'ok',
        message: errors[0] ?? null,
        baseline: sweep.isAccepted ? read.seen.count : null,
        isComplete: read.coverage === 'complete' && sweep.isAccepted,
      },
      now
    )
  })
}

/** How many failures a sentence names. */
const MOST_NAMED = 5

function toNotice(failures: readonly StoreFailure[]): string | null {
  if (failures.length === 0) {
    return null
  }
  const named = failures.slice(0, MOST_NAMED).map(({ title, reason }) => `${title} (${reason})`)
  const more = failures.length > MOST_NAMED ? `, and ${failures.length - MOST_NAMED} more` : ''
  return `${failures.length} records could not be stored: ${named.join(', ')}${more}`
}
