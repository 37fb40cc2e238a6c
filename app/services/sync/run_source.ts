import { inject } from '@adonisjs/core'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { ExcludedAddresses } from '#core/reconcile/excluded_addresses'
import { type ReadCounts, type ReadingResult } from '#core/reconcile/reading'
import { SeenRecords } from '#core/reconcile/seen_records'
import { OpenSource } from '#services/sources/open_source'
import { applyPlan } from './apply_plan.js'
import { beginReading } from './begin_reading.js'
import { completeRun, type ReadResult } from './complete_run.js'
import { faultPoint } from './fault_point.js'
import { awaitApproval, planRun } from './plan_run.js'
import { readSource } from './read_source.js'
import { Lease } from './lease.js'
import { countRedefined } from './store/plan_queries.js'
import { loadReading } from './store/reading_queries.js'
import { addRequests, type OwnedRun } from './store/run_queries.js'
import { loadBaseline, loadMark } from './store/source_queries.js'
import { loadSeenBlocks } from './store/stage_queries.js'

export interface RunOptions {
  readonly signal: AbortSignal
  readonly excludedAddresses: readonly string[]
  /** Longest silence of a source between two pages. Default: two minutes. */
  readonly idleMs?: number
  /** Entries that an undo takes back in one transaction. */
  readonly undoPart?: number
}

/** Above this share of records that say who they are anew a run is planned first, so that the guards can stop it. */
const LOOK_FIRST_SHARE = 0.2
const LOOK_FIRST_FLOOR = 10

/** Assets that a record which says so can change: the one it leaves and the one it joins. */
const ASSETS_OF_A_RECORD = 2

const IDLE_MS = 120_000

/** One run of one source, from the first request to the closed row. */
@inject()
export class RunSource {
  constructor(private openSource: OpenSource) {}

  /**
   * Reads, reconciles and closes the run as `completed`; a run that only plans, or that trips a guard, waits for
   * approval. A run that was read to the end before (its plan was approved, or its worker died) goes on from what it
   * staged.
   *
   * @throws SourceError when the source could not be read to the end: nothing of it is planned then. RunLost.
   */
  async handle(db: QueryClientContract, run: OwnedRun, options: RunOptions): Promise<void> {
    faultPoint('claimed')
    const read = (await this.#readBefore(db, run)) ?? (await this.#readNow(db, run, options))
    const lease = await Lease.acquire(db, 'reconcile', options.signal)
    const holder = { ...run, reconcileOwner: lease.owner }
    try {
      await (run.isApproved
        ? applyPlan(db, holder, read, options.signal)
        : this.#finish(db, holder, read, options.signal))
    } finally {
      await lease.release()
    }
  }

  /** What an earlier worker read, when it came to the end. */
  async #readBefore(db: QueryClientContract, run: OwnedRun): Promise<ReadResult | null> {
    const begun = await loadReading(db, run.id)
    if (!begun?.reading.result) {
      return null
    }
    const seen = SeenRecords.fromBlocks(await loadSeenBlocks(db, run.id, begun.attempt))
    return toReadResult(begun.reading.result, begun.reading.counts, seen)
  }

  async #readNow(db: QueryClientContract, run: OwnedRun, options: RunOptions): Promise<ReadResult> {
    const stop = new AbortController()
    const abort = () => stop.abort(options.signal.reason)
    options.signal.throwIfAborted()
    options.signal.addEventListener('abort', abort, { once: true })
    const context = { id: String(run.id), attempt: run.attempt }
    const opened = await this.openSource.handle(run.source, { signal: stop.signal, run: context })
    try {
      const reading = await beginReading(db, run, opened, new Date())
      context.attempt = reading.attempt
      const target = {
        run,
        sourceId: run.sourceId!,
        since: await loadMark(db, run.sourceId!, reading.terms),
        mappingVersion: reading.terms.mappingVersion,
        excluded: new ExcludedAddresses(options.excludedAddresses),
        stop,
        idleMs: options.idleMs ?? IDLE_MS,
      }
      const result = await readSource(db, opened, target, reading)
      return toReadResult(result, reading.counts, reading.seen)
    } finally {
      options.signal.removeEventListener('abort', abort)
      await opened.close()
      await addRequests(db, run, opened.requestCount)
    }
  }

  async #finish(db: QueryClientContract, run: OwnedRun, read: ReadResult, signal: AbortSignal): Promise<void> {
    if (run.mode === 'plan' || (await this.#isSuspicious(db, run, read))) {
      const plan = await planRun(db, run, read, signal)
      if (run.mode === 'plan' || plan.guards.length > 0) {
        await awaitApproval(db, run, read, plan)
        return
      }
    }
    await completeRun(db, run, read, signal)
  }

  /** A run that began to write passed the guards before. */
  async #isSuspicious(db: QueryClientContract, run: OwnedRun, read: ReadResult): Promise<boolean> {
    const baseline = run.sweep === null ? await loadBaseline(db, run.sourceId!) : null
    const limit = Math.max((baseline ?? 0) * LOOK_FIRST_SHARE, LOOK_FIRST_FLOOR)
    const isLarge = baseline !== null && read.changed > limit
    return isLarge && ASSETS_OF_A_RECORD * (await countRedefined(db, run.id)) > limit
  }
}

function toReadResult(result: ReadingResult, counts: ReadCounts, seen: SeenRecords): ReadResult {
  return {
    ...result,
    seen,
    rejected: counts.rejected,
    skipped: counts.unchanged + counts.excluded + counts.rejected,
    changed: counts.found - counts.unchanged,
  }
}
