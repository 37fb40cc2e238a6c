import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type ObservedIdentity } from '#core/reconcile/side_effect'
import { type ClaimValues, type SourceRecord } from '#core/reconcile/types'
import { type Decision } from '#services/inventory/decision'
import { within } from '#services/inventory/replan_held'
import { replan } from '#services/sync/replan'
import { copyObservation, pointRecord, replaceRecord, rewriteObservations } from '#services/sync/store/link_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { type StoredReview } from '#services/sync/store/review_queries'
import { type Carried, NOTHING_CARRIED } from './carried.js'

/** "Same": the device got new parts, and its record takes the identity that it reports. */
export async function acceptNewIdentity(
  trx: TransactionClientContract,
  review: StoredReview,
  decision: Decision
): Promise<Carried> {
  const [record] = await loadRecords(trx, review.recordIds, null)
  if (!record || record.closedAt !== null) {
    return NOTHING_CARRIED
  }
  await rewriteObservations(trx, [takeIdentity(record, review, decision)])
  await replan(trx, { recordIds: [record.id], dirtyAssetIds: [record.assetId!], ...within(decision) })
  return { assetId: record.assetId, merges: [] }
}

/** "Different": other hardware answers under the key. The old record ends with its asset, a new one begins. */
export async function startNewRecord(
  trx: TransactionClientContract,
  review: StoredReview,
  decision: Decision
): Promise<Carried> {
  const [record] = await loadRecords(trx, review.recordIds, null)
  if (!record || record.closedAt !== null) {
    return NOTHING_CARRIED
  }
  const { now, effects } = decision
  await effects.watch(trx, [record.id])
  await rewriteObservations(trx, [takeIdentity(record, review, decision)])
  const former = (review.evidence as { former?: ObservedIdentity }).former ?? record.observation
  const copyId = await copyObservation(trx, record.observation.id)
  await rewriteObservations(trx, [{ id: copyId, claims: former.claims, identifiers: former.identifiers }])
  const newId = await replaceRecord(trx, record.id, record.observation.id, null, now)
  effects.created(newId)
  await pointRecord(trx, record.id, copyId, null)
  await pointRecord(trx, newId, record.observation.id, record.observation.contentHash)
  await replan(trx, { recordIds: [newId], dirtyAssetIds: [record.assetId!], ...within(decision) })
  const [made] = await loadRecords(trx, [newId], null)
  return { assetId: made?.assetId ?? null, merges: [] }
}

/** The record's observation with the identity that it reports instead of the one that was kept. */
function takeIdentity(
  { observation }: SourceRecord,
  review: StoredReview,
  { effects }: Decision
): ObservedIdentity & { readonly id: number } {
  const { reported } = review.evidence as unknown as { reported: ObservedIdentity }
  const claims: ClaimValues = { ...observation.claims, ...reported.claims }
  for (const field of ['serialNumber', 'macAddress'] as const) {
    if (reported.claims[field] === undefined) {
      delete claims[field]
    }
  }
  const before = { claims: observation.claims, identifiers: observation.identifiers }
  const after = { claims, identifiers: reported.identifiers }
  effects.add({ kind: 'observation', id: observation.id, before, after })
  return { id: observation.id, ...after }
}
