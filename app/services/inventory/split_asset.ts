import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Actor } from '#core/assets/asset'
import { AssetNotFound, InvalidValue } from '#core/assets/errors'
import { toAssetVerdicts } from '#core/reconcile/verdicts'
import { saveVerdicts } from '#services/sync/store/verdict_queries'
import { loadKnownAsset, type KnownAsset } from './asset_transaction.js'
import { decide, type Decision } from './decision.js'
import { findAbsorbed } from './find_absorbed.js'
import { replanHeld } from './replan_held.js'
import { reviveAbsorbed, splitOff, type SplitOutcome } from './split_records.js'

/**
 * Takes records out of an asset: back into the asset that was merged away with them, or into one of their own. That they
 * are different devices is remembered, so that no sync joins them again.
 */
export class SplitAsset {
  /** @throws AssetNotFound; InvalidValue of the field `records` */
  async handle(
    id: number,
    { records }: { readonly records: readonly number[] },
    actor: Actor,
    options: { readonly dryRun?: boolean; readonly reason?: string } = {}
  ): Promise<SplitOutcome> {
    const isDryRun = options.dryRun === true
    const head = { kind: 'split', reason: options.reason ?? null, actor } as const
    return decide(head, isDryRun, async (trx, decision) => {
      const known = await loadKnownAsset(trx, id)
      const recordIds = [...new Set(records)].sort((a, b) => a - b)
      assertCanSplit(known, recordIds)
      await decision.effects.watch(trx, recordIds)

      const absorbed = await findAbsorbed(trx, known, recordIds)
      const outcome = absorbed
        ? await reviveAbsorbed(trx, decision, known, absorbed, recordIds)
        : await splitOff(trx, decision, known, recordIds)
      await tellApart(trx, decision, known, recordIds, outcome.splitId)
      await replanHeld(trx, decision, [id, outcome.splitId])
      return {
        ...outcome,
        changeSetId: isDryRun ? null : decision.changeSetId,
        splitId: isDryRun && !outcome.isRevived ? null : outcome.splitId,
      }
    })
  }
}

function assertCanSplit({ asset, records }: KnownAsset, recordIds: readonly number[]): void {
  if (!asset.view.isActive) {
    throw new AssetNotFound(asset.id)
  }
  if (recordIds.length === 0) {
    throw new InvalidValue('records', 'Name at least one record to split off', 'required')
  }
  const own = new Set(records.map((record) => record.id))
  const foreign = recordIds.find((id) => !own.has(id))
  if (foreign !== undefined) {
    throw new InvalidValue('records', `Record ${foreign} is not linked to item ${asset.id}`, 'exists')
  }
  if (recordIds.length === own.size && asset.view.origin === 'source') {
    throw new InvalidValue('records', 'At least one record must stay: without any the item would be empty', 'rest')
  }
}

async function tellApart(
  trx: TransactionClientContract,
  { changeSetId, actor, now, effects }: Decision,
  { asset, records }: KnownAsset,
  recordIds: readonly number[],
  splitId: number
): Promise<void> {
  const verdicts = toAssetVerdicts(asset, records, recordIds, splitId)
  await saveVerdicts(trx, verdicts, { changeSetId, actor: actor.name }, now)
  effects.add({ kind: 'verdicts', before: [], after: verdicts })
}
