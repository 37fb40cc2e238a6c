import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { review } from '#core/reconcile/review'
import { type SeenRecords } from '#core/reconcile/seen_records'
import { judgeSweep } from '#core/reconcile/sweep'
import {
  assetsLongAbsent,
  countOpenRecords,
  markAbsent,
  markBack,
  missingRecords,
  pageOfRecords,
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

/** What the sweep found. `notice` is a sentence for the run when absence did not count. */
export interface SweepOutcome {
  readonly missing: number
  readonly dirtyAssetIds: number[]
  readonly isAccepted: boolean
  readonly notice: string | null
}

/** Compares what a source listed with what it listed before, and counts absence when the guards allow it. */
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
  if (back.length > 0 || counted.length > 0 || verdict.kind === 'refuse') {
    await db.transaction(async (trx) => {
      await tickClock(trx)
      await renewRun(trx, run)
      await markBack(
        trx,
        back.map((record) => record.id)
      )
      await markAbsent(
        trx,
        counted.map((record) => record.id),
        now
      )
      if (verdict.kind === 'refuse' && verdict.guard !== 'coverage') {
        const draft = review('guard_tripped', [], [], verdict.sentence)
        await openReviews(trx, run.id, [{ ...draft, dedupeKey: `guard_tripped:${sourceId}`, sourceId }], now)
      }
    })
  }

  const longAbsent = counted.length > 0 ? await assetsLongAbsent(db, sourceId, now) : []
  return {
    missing: verdict.kind === 'accept' ? open.length : 0,
    dirtyAssetIds: [...new Set([...back.flatMap((record) => record.asset_id ?? []), ...longAbsent])],
    isAccepted: verdict.kind === 'accept',
    notice: verdict.kind === 'refuse' ? verdict.sentence : null,
  }
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
