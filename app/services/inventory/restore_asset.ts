import { type Actor } from '#core/assets/asset'
import { AssetMerged } from '#core/assets/errors'
import { loadKnownAsset, loadSurroundings, writeAlone } from './asset_transaction.js'
import { checkValues } from './check_values.js'
import { computeAsset, toChange } from './compute_asset.js'
import { openChangeSet } from './change_set.js'
import { writeChanges } from './write_changes.js'

/**
 * Brings a deleted asset back, with what its sources say by now: records that were ignored for its sake link again.
 * Restoring an active one changes nothing.
 */
export class RestoreAsset {
  /** @throws AssetNotFound, AssetMerged, ValueTaken */
  async handle(id: number, actor: Actor): Promise<{ assetId: number; changeSetId: number | null }> {
    return writeAlone(async (trx, now) => {
      const { asset, records } = await loadKnownAsset(trx, id)
      if (asset.view.isActive) {
        return { assetId: id, changeSetId: null }
      }
      if (asset.view.mergedInto !== null) {
        throw new AssetMerged(id, asset.view.mergedInto)
      }
      const surroundings = await loadSurroundings(trx, records, [asset.view.serialNumber ?? ''], now)
      const computed = computeAsset({ ...asset, view: { ...asset.view, isActive: true } }, records, id, surroundings)
      const { serialNumber, assetTag, macAddress } = computed.view
      const isMacTyped = asset.pins.some((pin) => pin.field === 'macAddress')
      await checkValues(trx, { serialNumber, assetTag, macAddress: isMacTyped ? macAddress : null }, id)
      const change = toChange(asset, computed, null)!
      const head = { kind: 'restore', runId: null, userId: actor.userId, actor: actor.name, reason: null } as const
      const changeSetId = await openChangeSet(trx, head, now)
      await writeChanges(trx, changeSetId, [change], now)
      return { assetId: id, changeSetId }
    })
  }
}
