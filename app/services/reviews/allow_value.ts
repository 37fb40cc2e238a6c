import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Decision } from '#services/inventory/decision'
import { within } from '#services/inventory/replan_held'
import { replan } from '#services/sync/replan'
import { loadDenial, saveDenial } from '#services/sync/store/effect_queries'
import { recordsReporting } from '#services/sync/store/evidence_queries'
import { type StoredReview } from '#services/sync/store/review_queries'
import { type Carried, NOTHING_CARRIED } from './carried.js'

/** The value is real, however many devices carry it: it counts as evidence again, and is never learned to be junk. */
export async function allowValue(
  trx: TransactionClientContract,
  review: StoredReview,
  decision: Decision
): Promise<Carried> {
  const { value } = review.evidence as unknown as { value: { kind: string; value: string } }
  const { actor, now, effects } = decision
  const before = await loadDenial(trx, value.kind, value.value)
  const after = { origin: 'allowed', reason: `${actor.name} says that it is real` } as const
  await saveDenial(trx, value, after, now)
  effects.add({ kind: 'denial', value, before, after })

  const records = await recordsReporting(trx, value)
  const held = records.filter((record) => record.linkState === 'held')
  await replan(trx, {
    recordIds: held.map((record) => record.id),
    dirtyAssetIds: [...new Set(records.flatMap((record) => record.assetId ?? []))],
    ...within(decision),
  })
  return NOTHING_CARRIED
}
