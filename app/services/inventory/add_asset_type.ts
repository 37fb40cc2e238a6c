import { type AssetTypeRow } from './list_asset_types.js'
import { addName } from './named_list.js'

/** Adds a kind of thing that an asset can be. */
export class AddAssetType {
  /** @throws NameTaken */
  async handle(name: string): Promise<AssetTypeRow> {
    return { ...(await addName('asset_types', name)), icon: null }
  }
}
