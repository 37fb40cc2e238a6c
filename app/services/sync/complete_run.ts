import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { reconcileRun, type Approval } from './reconcile_run.js'
import { closeAnsweredReviews, countHeld } from './settle_reviews.js'
import { closeRun, renewRun, type OwnedRun } from './store/run_queries.js'
import { loadBaseline, loadSourceRanks, saveSourceState } from './store/source_queries.js'
import { tickClock } from './store/write_clock.js'
import { sweepRun } from './sweep_run.js'

/** What a reading left for the second half of its run. */
export interface ReadResult {
  readonly seen: SeenRecords
  readonly coverage: 'complete' | 'partial'
  /** True when absence from the source's list means something. */
  readonly impliesRemoval: boolean
  /** Sentences about the reading. */
  readonly notes: readonly string[]
  readonly skipped: number
}

/** Second half of a run: sweep, reconcile, close. The caller holds the lease for reconciling. */
export async function completeRun(
  db: QueryClientContract,
  run: OwnedRun,
  read: ReadResult,
  signal: AbortSignal,
  approval: Approval | null = null
): Promise<void> {
  const sourceId = run.sourceId!
  const now = DateTime.utc().toISO()
  const sweep = await sweepRun(db, {
    run,
    sourceId,
    baseline: await loadBaseline(db, sourceId),
    coverage: read.impliesRemoval ? read.coverage : 'partial',
    seen: read.seen,
    now,
  })
  const input = {
    run,
    sources: await loadSourceRanks(db),
    seen: read.seen,
    dirtyAssetIds: sweep.dirtyAssetIds,
    isPartial: read.coverage === 'partial',
    now,
    signal,
  }
  const changed = await reconcileRun(db, input, approval)
  await closeAnsweredReviews(db, now)

  const errors = [...read.notes, sweep.notice].filter((sentence) => sentence !== null)
  const held = await countHeld(db, sourceId)
  await db.transaction(async (trx) => {
    await tickClock(trx)
    await renewRun(trx, run, { ...changed, skipped: read.skipped, missing: sweep.missing, held })
    await closeRun(trx, run, { status: 'completed', errors, coverage: read.coverage }, DateTime.utc().toISO())
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
