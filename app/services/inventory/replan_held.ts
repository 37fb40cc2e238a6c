import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { replan, type Replanning } from '#services/sync/replan'
import { settleReviews } from '#services/sync/settle_reviews'
import { openHoldReviews } from '#services/sync/store/review_queries'
import { type Decision } from './decision.js'

/** Decides anew about records that wait for a person because of these assets, and closes what is answered by that. */
export async function replanHeld(
  trx: TransactionClientContract,
  decision: Decision,
  assetIds: readonly number[]
): Promise<void> {
  const open = await openHoldReviews(trx)
  const concerned = open.filter((review) => review.assetIds.some((id) => assetIds.includes(id)))
  const recordIds = [...new Set(concerned.flatMap((review) => review.recordIds))]
  if (recordIds.length > 0) {
    await replan(trx, { recordIds, dirtyAssetIds: [], ...within(decision) })
  }
  await settleReviews(trx, decision)
}

/** What replanning needs to know of the decision that it is part of. */
export function within(decision: Decision): Pick<Replanning, 'now' | 'changeSetId' | 'watch'> {
  return {
    now: decision.now,
    changeSetId: async () => decision.changeSetId,
    watch: (trx, recordIds) => decision.effects.watch(trx, recordIds),
  }
}
