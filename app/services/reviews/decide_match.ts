import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { InvalidValue } from '#core/assets/errors'
import { type Decision as Resolved } from '#core/reconcile/resolve'
import { type SourceRecord } from '#core/reconcile/types'
import { differentPairs, evidenceOf, type Party, type Verdict } from '#core/reconcile/verdicts'
import { type Decision } from '#services/inventory/decision'
import { mergeInto, type MergeOutcome } from '#services/inventory/merge_assets'
import { replanHeld, within } from '#services/inventory/replan_held'
import { replan } from '#services/sync/replan'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { recordIdsOf } from '#services/sync/store/link_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { type StoredReview } from '#services/sync/store/review_queries'
import { saveVerdicts } from '#services/sync/store/verdict_queries'
import { type Carried } from './carried.js'
import { survivorOf } from './review_view.js'

/** "Same": merges the assets, and links the records that wait to the one that stays, or to one new asset. */
export async function joinParties(
  trx: TransactionClientContract,
  review: StoredReview,
  survivor: number | undefined,
  decision: Decision
): Promise<Carried> {
  const { waiting, assets } = await loadParties(trx, review)
  const survivorId = chooseSurvivor(review, assets, survivor)
  const merges: MergeOutcome[] = []
  for (const { id } of assets.filter((asset) => asset.id !== survivorId)) {
    merges.push(await mergeInto(trx, decision, survivorId!, id))
  }

  const word: Resolved =
    survivorId === null
      ? { kind: 'create', reason: 'new: a person said that these records are one device', suggestion: null }
      : { kind: 'link', assetId: survivorId, rule: 'person' }
  const recordIds = waiting.map((record) => record.id)
  if (recordIds.length > 0) {
    const dirtyAssetIds = survivorId === null ? [] : [survivorId]
    await replan(trx, { recordIds, dirtyAssetIds, decision: word, ...within(decision) })
  }
  await replanHeld(
    trx,
    decision,
    assets.map((asset) => asset.id)
  )
  const records = survivorId === null ? await loadRecords(trx, recordIds, null) : []
  const assetId = survivorId ?? records[0]?.assetId ?? null
  return { assetId, merges }
}

/** "Different": remembers it with all that is known now, and lets the engine decide again about who waits. */
export async function tellPartiesApart(
  trx: TransactionClientContract,
  review: StoredReview,
  decision: Decision
): Promise<Carried> {
  const { changeSetId, actor, now, effects } = decision
  const { records, waiting, assets } = await loadParties(trx, review)
  const assetIds = assets.map((asset) => asset.id)
  const linked = await loadRecords(trx, await recordIdsOf(trx, assetIds), null)
  const evidence = evidenceOf(
    [...records, ...linked],
    assets.flatMap((asset) => asset.identifiers)
  )
  const told = differentPairs(review.kind, records, assetIds)
  await saveVerdicts(trx, withEvidence(told, evidence), { changeSetId, actor: actor.name }, now)
  const recordIds = waiting.map((record) => record.id)
  if (recordIds.length > 0) {
    await replan(trx, { recordIds, dirtyAssetIds: [], ...within(decision) })
  }

  const present = await loadRecords(
    trx,
    records.map((record) => record.id),
    null
  )
  const known = new Set(told.map((pair) => pair.join(' ')))
  const more = differentPairs(review.kind, present, assetIds).filter((pair) => !known.has(pair.join(' ')))
  await saveVerdicts(trx, withEvidence(more, evidence), { changeSetId, actor: actor.name }, now)
  effects.add({ kind: 'verdicts', before: [], after: withEvidence([...told, ...more], evidence) })
  return { assetId: present.find((record) => recordIds.includes(record.id))?.assetId ?? null, merges: [] }
}

function withEvidence(pairs: readonly (readonly [Party, Party])[], evidence: readonly string[]): Verdict[] {
  return pairs.map(([a, b]) => ({ a, b, evidence }))
}

interface Parties {
  readonly records: readonly SourceRecord[]
  /** Records that belong to no asset yet. */
  readonly waiting: readonly SourceRecord[]
  /** Active assets that the question is about, ascending: those it names, and those of its records. */
  readonly assets: readonly StoredAsset[]
}

async function loadParties(trx: TransactionClientContract, review: StoredReview): Promise<Parties> {
  const all = await loadRecords(trx, review.recordIds, null)
  const records = all.filter((record) => record.closedAt === null && record.linkState !== 'excluded')
  const owners = records.flatMap((record) => record.assetId ?? [])
  const ids = [...new Set([...review.assetIds, ...owners])].sort((a, b) => a - b)
  const assets = await loadAssets(trx, ids)
  return {
    records,
    waiting: records.filter((record) => record.assetId === null),
    assets: ids.flatMap((id) => assets.get(id) ?? []).filter((asset) => asset.view.isActive),
  }
}

/** Null when the question is about records only. */
function chooseSurvivor(
  review: StoredReview,
  assets: readonly StoredAsset[],
  wanted: number | undefined
): number | null {
  if (wanted !== undefined) {
    if (!assets.some((asset) => asset.id === wanted)) {
      const ids = assets.map((asset) => asset.id).join(', ')
      throw new InvalidValue('survivor', `The review is about these items: ${ids || 'none'}`, 'enum')
    }
    return wanted
  }
  return survivorOf(review, assets)
}
