import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { review } from '#core/reconcile/review'
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

/**
 * Compares what a source listed with what it listed before, and counts absence when the guards allow it. The run
 * remembers the outcome in the same transaction: absence is counted once, whatever becomes of the worker.
 */
export async function sweepRun(db: QueryClientContract, target: SweepTarget): Promise<SweepOutcome> {
  const { run, sourceId, seen, now } = target
  const formerlyMissing = await missingRecords(db, sourceId)
  const back = formerlyMissing.filter((record) => !record.is_closed && seen.has(record.id))
  const absent = await findAbsent(db, target, formerlyMissing.length > 0)

  const open = absent.filter((record) => !record.is_closed)
  const verdict = judgeSweep(run.source, {
    coverage: target.coverage,
    seenCount: seen.count,
    baseline: target.baseline,
    newlyAbsent: open.filter((record) => record.missed_runs === 0).length,
  })
  const counted = verdict.kind === 'accept' ? absent : []
  return db.transaction(async (trx) => {
    await tickClock(trx)
    await markBack(trx, idsOf(back))
    await markAbsent(trx, idsOf(counted), now)
    if (verdict.kind === 'refuse' && verdict.guard !== 'coverage') {
      const draft = review('guard_tripped', [], [], verdict.sentence, {
        runId: run.id,
        listed: seen.count,
        absent: open.length,
        baseline: target.baseline,
      })
      await openReviews(trx, run.id, [{ ...draft, dedupeKey: `guard_tripped:${sourceId}`, sourceId }], now)
    }
    const longAbsent = counted.length > 0 ? await assetsLongAbsent(trx, sourceId, now) : []
    const outcome = {
      missing: verdict.kind === 'accept' ? open.length : 0,
      isAccepted: verdict.kind === 'accept',
      notice: verdict.kind === 'refuse' ? verdict.sentence : null,
    }
    const due = await assetsDue(trx, sourceId, now)
    const dirtyAssetIds = [...new Set([...back.flatMap((record) => record.asset_id ?? []), ...longAbsent, ...due])]
    await renewRun(trx, run, {
      phase: 'reconciling',
      sweep: JSON.stringify(outcome),
      dirty_assets: JSON.stringify(dirtyAssetIds),
    })
    return { ...outcome, dirtyAssetIds }
  })
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
