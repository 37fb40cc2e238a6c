import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { MISSING_AFTER_RUNS } from '#core/reconcile/asset_view'
import { review, type ReviewDraft } from '#core/reconcile/review'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { judgeSweep, type SweepOutcome } from '#core/reconcile/sweep'
import {
  assetsDue,
  assetsLongAbsent,
  countOpenRecords,
  markAbsent,
  markBack,
  missingRecords,
  pageOfRecords,
  type SweptRecord,
} from './store/presence_queries.js'
import { openReviews } from './store/review_queries.js'
import { renewRun, type OwnedRun } from './store/run_queries.js'
import { type SqlClient } from './store/sql_client.js'
import { tickClock } from './store/write_clock.js'

const PAGE = 5000

export interface SweepTarget {
  readonly run: OwnedRun
  readonly sourceId: number
  readonly baseline: number | null
  readonly coverage: 'complete' | 'partial'
  readonly seen: SeenRecords
  readonly now: string
}

/** What a sweep would do: nothing of it is written. */
interface Sweep extends Pick<SweepOutcome, 'missing' | 'isAccepted' | 'notice'> {
  readonly back: readonly SweptRecord[]
  /** Records whose absence counts. */
  readonly counted: readonly SweptRecord[]
  /** False: nothing is or was absent, so no asset can be for long. */
  readonly mayBeLong: boolean
  /** A question for a person when a guard refused to count. */
  readonly question: (ReviewDraft & { readonly sourceId: number }) | null
}

/**
 * Compares what a source listed with what it listed before, and counts absence when the guards allow it. The run
 * remembers the outcome in the same transaction: absence is counted once, whatever becomes of the worker.
 */
export async function sweepRun(db: QueryClientContract, target: SweepTarget): Promise<SweepOutcome> {
  const { run, now } = target
  const sweep = await judge(db, target)
  const { missing, isAccepted, notice } = sweep
  return db.transaction(async (trx) => {
    await tickClock(trx)
    if (sweep.question) {
      await openReviews(trx, run.id, [sweep.question], now)
    }
    const dirtyAssetIds = await mark(trx, target, sweep)
    const outcome = { missing, isAccepted, notice }
    await renewRun(trx, run, {
      phase: 'reconciling',
      sweep: JSON.stringify(outcome),
      dirty_assets: JSON.stringify(dirtyAssetIds),
    })
    return { ...outcome, dirtyAssetIds }
  })
}

/** What a sweep means for a plan, whose transactions are rolled back. */
export interface PlannedSweep {
  readonly dirtyAssetIds: readonly number[]
  /** Marks what may change a row: what is back, and what this run makes absent for long. Begin each transaction with it. */
  mark(trx: SqlClient): Promise<void>
}

/** Finds out what the sweep of a run would change. Writes nothing. */
export async function planSweep(db: QueryClientContract, target: SweepTarget): Promise<PlannedSweep> {
  const sweep = await judge(db, target)
  const turning = sweep.counted.filter((record) => record.missed_runs + 1 === MISSING_AFTER_RUNS)
  const trx = await db.transaction()
  try {
    await tickClock(trx)
    return {
      dirtyAssetIds: await mark(trx, target, sweep),
      async mark(inner) {
        await markBack(inner, idsOf(sweep.back))
        await markAbsent(inner, idsOf(turning), target.now)
      },
    }
  } finally {
    await trx.rollback()
  }
}

async function judge(db: QueryClientContract, target: SweepTarget): Promise<Sweep> {
  const { run, sourceId, seen } = target
  const formerlyMissing = await missingRecords(db, sourceId)
  const back = formerlyMissing.filter((record) => !record.is_closed && seen.has(record.id))
  const wereMissing = formerlyMissing.some((one) => !one.is_closed || one.missed_runs < MISSING_AFTER_RUNS)
  const absent = await findAbsent(db, target, wereMissing)

  const open = absent.filter((record) => !record.is_closed)
  const verdict = judgeSweep(run.source, {
    coverage: target.coverage,
    seenCount: seen.count,
    baseline: target.baseline,
    newlyAbsent: open.filter((record) => record.missed_runs === 0).length,
  })
  if (verdict.kind === 'accept') {
    const mayBeLong = absent.length > 0 || formerlyMissing.length > 0
    return { back, counted: absent, mayBeLong, missing: open.length, isAccepted: true, notice: null, question: null }
  }
  const numbers = { runId: run.id, listed: seen.count, absent: open.length, baseline: target.baseline }
  const draft = review('guard_tripped', [], [], verdict.sentence, numbers)
  const question = { ...draft, dedupeKey: `guard_tripped:${sourceId}`, sourceId }
  return {
    back,
    counted: [],
    mayBeLong: false,
    missing: 0,
    isAccepted: false,
    notice: verdict.sentence,
    question: verdict.guard === 'coverage' ? null : question,
  }
}

/** Counts absences, and answers the assets that may look different then. */
async function mark(
  trx: SqlClient,
  { sourceId, now }: SweepTarget,
  { back, counted, mayBeLong }: Sweep
): Promise<number[]> {
  await markBack(trx, idsOf(back))
  await markAbsent(trx, idsOf(counted), now)
  const longAbsent = mayBeLong ? await assetsLongAbsent(trx, sourceId, now) : []
  const due = await assetsDue(trx, sourceId, now)
  return [...new Set([...back.flatMap((record) => record.asset_id ?? []), ...longAbsent, ...due])]
}

function idsOf(records: readonly SweptRecord[]): number[] {
  return records.map((record) => record.id)
}

/** Records that were not listed. When as many are open as were listed, nobody is absent: one count answers that. */
async function findAbsent(db: QueryClientContract, { sourceId, seen }: SweepTarget, wereMissing: boolean) {
  if (!wereMissing && (await countOpenRecords(db, sourceId)) === seen.count) {
    return []
  }
  const absent = []
  for (let afterId = 0; ;) {
    const page = await pageOfRecords(db, sourceId, afterId, PAGE)
    absent.push(...page.filter((record) => !seen.has(record.id)))
    if (page.length < PAGE) {
      return absent
    }
    afterId = page.at(-1)!.id
  }
}
