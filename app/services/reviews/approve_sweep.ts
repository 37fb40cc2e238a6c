import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { MISSING_AFTER_RUNS } from '#core/reconcile/asset_view'
import { countAbsences, type ListedRun } from '#core/reconcile/absence'
import { SeenRecords } from '#core/reconcile/seen_records'
import { type Decision } from '#services/inventory/decision'
import { within } from '#services/inventory/replan_held'
import { replan } from '#services/sync/replan'
import { loadBaselineOf, saveBaseline } from '#services/sync/store/effect_queries'
import { completeRunsBetween, openRecordsOf, runsSince, saveAbsences } from '#services/sync/store/presence_queries'
import { loadLatestSeenBlocks } from '#services/sync/store/stage_queries'
import { type StoredReview } from '#services/sync/store/review_queries'
import { type Carried, NOTHING_CARRIED } from './carried.js'

/**
 * Does the sweep that a guard refused: counts every complete run since the guard tripped from what it listed, so that
 * what is absent for long enough is missing at once. It covers what the run of the review did not list, and no more.
 */
export async function approveSweep(
  trx: TransactionClientContract,
  review: StoredReview,
  decision: Decision
): Promise<Carried> {
  const sourceId = review.sourceId!
  const lastRunId = (review.evidence as { runId?: number }).runId ?? review.runId!
  const runs: ListedRun[] = []
  for (const run of await completeRunsBetween(trx, sourceId, review.runId!, lastRunId)) {
    runs.push({ endedAt: run.endedAt, listed: SeenRecords.fromBlocks(await loadLatestSeenBlocks(trx, run.id)) })
  }
  const last = runs.at(-1)
  if (!last) {
    return NOTHING_CARRIED
  }
  const since = await runsSince(trx, sourceId, lastRunId)
  const seenSince = await Promise.all(
    since.map(async (id) => SeenRecords.fromBlocks(await loadLatestSeenBlocks(trx, id)))
  )
  const open = await openRecordsOf(trx, sourceId)
  const absent = open.filter((record) => !seenSince.some((seen) => seen.has(record.id)))
  const absences = countAbsences(absent, runs)

  await decision.effects.watch(
    trx,
    absences.map((absence) => absence.id)
  )
  await saveAbsences(trx, absences)
  const before = await loadBaselineOf(trx, sourceId)
  await saveBaseline(trx, sourceId, last.listed.count)
  decision.effects.add({ kind: 'baseline', sourceId, before, after: last.listed.count })

  const long = new Set(absences.flatMap(({ id, missedRuns }) => (missedRuns >= MISSING_AFTER_RUNS ? [id] : [])))
  const assetIds = open.flatMap((record) => (long.has(record.id) ? (record.assetId ?? []) : []))
  await replan(trx, { recordIds: [], dirtyAssetIds: [...new Set(assetIds)], ...within(decision) })
  return NOTHING_CARRIED
}
