import { type Actor } from '#core/assets/asset'
import { type AssetTypeRow } from './list_asset_types.js'
import { addName } from './named_list.js'

/** Adds a kind of thing that an asset can be. */
export class AddAssetType {
  /** @throws NameTaken */
  async handle(name: string, actor: Actor): Promise<AssetTypeRow> {
    return { ...(await addName('asset_types', name, actor)), icon: null }
  }
}
