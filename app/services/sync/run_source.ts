import { inject } from '@adonisjs/core'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { ExcludedAddresses } from '#core/reconcile/excluded_addresses'
import { SeenRecords } from '#core/reconcile/seen_records'
import { OpenSource, type OpenedSource } from '#services/sources/open_source'
import { applyPlan } from './apply_plan.js'
import { completeRun, type ReadResult } from './complete_run.js'
import { awaitApproval, planRun } from './plan_run.js'
import { readSource } from './read_source.js'
import { ReconcileLease } from './reconcile_lease.js'
import { type OwnedRun } from './store/run_queries.js'
import { loadBaseline, saveReassignable } from './store/source_queries.js'
import { discardStage } from './store/stage_queries.js'

export interface RunOptions {
  readonly signal: AbortSignal
  readonly excludedAddresses: readonly string[]
}

/** Above this share of changed records a run is planned first, so that the guards can stop it. */
const LOOK_FIRST_SHARE = 0.2
const LOOK_FIRST_FLOOR = 10

/** One run of one source, from the first request to the closed row. */
@inject()
export class RunSource {
  constructor(private openSource: OpenSource) {}

  /**
   * Reads, reconciles and closes the run as `completed`; a run that only plans, or that trips a guard, waits for
   * approval. An approved run is applied from what it staged.
   *
   * @throws SourceError when the source could not be read to the end: nothing of it is planned then.
   */
  async handle(db: QueryClientContract, run: OwnedRun, options: RunOptions): Promise<void> {
    const read = run.isApproved ? null : await this.#readSource(db, run, options)
    const lease = await ReconcileLease.acquire(db, run, options.signal)
    try {
      if (read === null) {
        await applyPlan(db, run, options.signal)
      } else {
        await this.#finish(db, run, read, options.signal)
      }
    } finally {
      await lease.release()
    }
  }

  async #readSource(
    db: QueryClientContract,
    run: OwnedRun,
    options: RunOptions
  ): Promise<ReadResult & { changed: number }> {
    const opened = await this.openSource.handle(run.source, {
      signal: options.signal,
      run: { id: String(run.id), attempt: run.attempt },
    })
    try {
      return await this.#read(db, run, opened, options)
    } finally {
      await opened.close()
    }
  }

  async #read(db: QueryClientContract, run: OwnedRun, opened: OpenedSource, options: RunOptions) {
    const sourceId = run.sourceId!
    const { capabilities, mappingVersion } = opened.plugin.manifest
    const seen = new SeenRecords()
    if (run.attempt > 1) {
      await discardStage(db, run.id)
    }
    await saveReassignable(db, sourceId, capabilities.nativeId === 'reassignable')
    const { coverage, reason, counts } = await readSource(db, opened, {
      run,
      seen,
      signal: options.signal,
      sourceId,
      mappingVersion,
      readAt: DateTime.utc().toISO(),
      excluded: new ExcludedAddresses(options.excludedAddresses),
    })
    return {
      seen,
      coverage,
      impliesRemoval: capabilities.removals === 'implicit',
      notes: reason === null ? [] : [reason],
      skipped: counts.unchanged + counts.excluded + counts.rejected,
      changed: counts.found - counts.unchanged,
    }
  }

  async #finish(
    db: QueryClientContract,
    run: OwnedRun,
    read: ReadResult & { changed: number },
    signal: AbortSignal
  ): Promise<void> {
    const baseline = await loadBaseline(db, run.sourceId!)
    const isSuspicious = baseline !== null && read.changed > Math.max(baseline * LOOK_FIRST_SHARE, LOOK_FIRST_FLOOR)
    if (run.mode === 'plan' || isSuspicious) {
      const plan = await planRun(db, run, read, signal)
      if (run.mode === 'plan' || plan.guards.length > 0) {
        await awaitApproval(db, run, read, plan)
        return
      }
    }
    await completeRun(db, run, read, signal)
  }
}
