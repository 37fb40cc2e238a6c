import { inject } from '@adonisjs/core'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { ExcludedAddresses } from '#core/reconcile/excluded_addresses'
import { SeenRecords } from '#core/reconcile/seen_records'
import { OpenSource, type OpenedSource } from '#services/sources/open_source'
import { readSource } from './read_source.js'
import { reconcileRun } from './reconcile_run.js'
import { ReconcileLease } from './reconcile_lease.js'
import { closeAnsweredReviews, countHeld } from './settle_reviews.js'
import { closeRun, renewRun, type OwnedRun, type RunCounts } from './store/run_queries.js'
import { loadBaseline, loadSourceRanks, saveReassignable, saveSourceState } from './store/source_queries.js'
import { discardStage } from './store/stage_queries.js'
import { tickClock } from './store/write_clock.js'
import { sweepRun } from './sweep_run.js'

export interface RunOptions {
  readonly signal: AbortSignal
  readonly excludedAddresses: readonly string[]
}

/** One run of one source, from the first request to the closed row. */
@inject()
export class RunSource {
  constructor(private openSource: OpenSource) {}

  /**
   * Reads, reconciles and closes the run as `completed`.
   *
   * @throws SourceError when the source could not be read to the end: nothing of it is planned then.
   */
  async handle(db: QueryClientContract, run: OwnedRun, options: RunOptions): Promise<void> {
    const opened = await this.openSource.handle(run.source, {
      signal: options.signal,
      run: { id: String(run.id), attempt: run.attempt },
    })
    try {
      await this.#run(db, run, opened, options)
    } finally {
      await opened.close()
    }
  }

  async #run(db: QueryClientContract, run: OwnedRun, opened: OpenedSource, options: RunOptions): Promise<void> {
    const { signal } = options
    const sourceId = run.sourceId!
    const { manifest } = opened.plugin
    const now = DateTime.utc().toISO()
    const seen = new SeenRecords()
    if (run.attempt > 1) {
      await discardStage(db, run.id)
    }
    await saveReassignable(db, sourceId, manifest.capabilities.nativeId === 'reassignable')

    const read = await readSource(db, opened, {
      run,
      seen,
      signal,
      sourceId,
      mappingVersion: manifest.mappingVersion,
      readAt: now,
      excluded: new ExcludedAddresses(options.excludedAddresses),
    })

    const lease = await ReconcileLease.acquire(db, run, signal)
    try {
      const coverage = manifest.capabilities.removals === 'implicit' ? read.coverage : 'partial'
      const baseline = await loadBaseline(db, sourceId)
      const sweep = await sweepRun(db, { run, sourceId, baseline, coverage, seen, now })
      const changed = await reconcileRun(db, {
        run,
        sources: await loadSourceRanks(db),
        seen,
        dirtyAssetIds: sweep.dirtyAssetIds,
        isPartial: read.coverage === 'partial',
        now,
        signal,
      })
      await closeAnsweredReviews(db, now)

      const errors = [read.reason, sweep.notice].filter((sentence) => sentence !== null)
      const counts: Partial<RunCounts> = {
        ...changed,
        skipped: read.counts.unchanged + read.counts.excluded + read.counts.rejected,
        missing: sweep.missing,
        held: await countHeld(db, sourceId),
      }
      await this.#close(db, run, { counts, errors, coverage: read.coverage, seen, isAccepted: sweep.isAccepted })
    } finally {
      await lease.release()
    }
  }

  async #close(
    db: QueryClientContract,
    run: OwnedRun,
    end: {
      counts: Partial<RunCounts>
      errors: readonly string[]
      coverage: 'complete' | 'partial'
      seen: SeenRecords
      isAccepted: boolean
    }
  ): Promise<void> {
    const now = DateTime.utc().toISO()
    await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run, end.counts)
      await closeRun(trx, run, { status: 'completed', errors: end.errors, coverage: end.coverage }, now)
      await saveSourceState(
        trx,
        run.sourceId!,
        {
          runId: run.id,
          health: end.errors.length > 0 ? 'degraded' : 'ok',
          message: end.errors[0] ?? null,
          baseline: end.isAccepted ? end.seen.count : null,
          isComplete: end.coverage === 'complete' && end.isAccepted,
        },
        now
      )
    })
  }
}
