import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { type Actor } from '#core/assets/asset'
import { AssetNotFound } from '#core/assets/errors'
import { loadAssets } from '#services/sync/store/asset_queries'
import { RestoreAsset } from './restore_asset.js'

/** Brings back what was deleted on purpose: the asset, and the records that were ignored for its sake. */
@inject()
export class DropTombstone {
  constructor(private restoreAsset: RestoreAsset) {}

  /** @throws AssetNotFound when no deleted asset has this id; ValueTaken */
  async handle(id: number, actor: Actor): Promise<{ assetId: number; changeSetId: number }> {
    const assets = await loadAssets(db.connection(), [id])
    const asset = assets.get(id)
    if (!asset || asset.view.isActive || asset.view.mergedInto !== null) {
      throw new AssetNotFound(id)
    }
    const { changeSetId } = await this.restoreAsset.handle(id, actor)
    return { assetId: id, changeSetId: changeSetId! }
  }
}
