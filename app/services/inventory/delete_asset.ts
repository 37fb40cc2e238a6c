import { type Actor } from '#core/assets/asset'
import { AssetNotFound } from '#core/assets/errors'
import { loadKnownAsset, loadSurroundings, writeAlone } from './asset_transaction.js'
import { computeAsset, toChange } from './compute_asset.js'
import { type EditOptions } from './edit_asset.js'
import { inheritSerials } from './inherit_serials.js'
import { openChangeSet } from './change_set.js'
import { writeChanges } from './write_changes.js'

/**
 * Takes an asset out of the inventory. The row and its history stay; its serial, tag and MAC are free for another. Its
 * source records stay with it, so that the next sync does not bring it back.
 */
export class DeleteAsset {
  async handle(id: number, actor: Actor, options: EditOptions = {}): Promise<{ changeSetId: number }> {
    return writeAlone(async (trx, now) => {
      const { asset, records } = await loadKnownAsset(trx, id, options.ifRevision)
      if (!asset.view.isActive) {
        throw new AssetNotFound(id)
      }
      const surroundings = await loadSurroundings(trx, records, [], now)
      const deleted = { ...asset, view: { ...asset.view, isActive: false } }
      const computed = computeAsset(deleted, records, id, surroundings)
      const change = toChange(asset, { ...computed, view: { ...asset.view, isActive: false } }, null)!
      const reason = options.reason ?? null
      const head = { kind: 'delete', runId: null, userId: actor.userId, actor: actor.name, reason } as const
      const changeSetId = await openChangeSet(trx, head, now)
      await writeChanges(trx, changeSetId, [change], now)
      await inheritSerials(trx, { now, changeSetId: async () => changeSetId })
      return { changeSetId }
    })
  }
}
