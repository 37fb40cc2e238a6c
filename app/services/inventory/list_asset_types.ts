import db from '@adonisjs/lucid/services/db'
import { type NamedRow } from './named_list.js'

export interface AssetTypeRow extends NamedRow {
  /** Key of an icon of the console; null shows the general one. */
  readonly icon: string | null
}

/** Every asset type in the order of lists: the seeded ones first, then those that people added. */
export class ListAssetTypes {
  async handle(): Promise<AssetTypeRow[]> {
    return db.from('asset_types').select('id', 'name', 'icon').orderBy('position').orderBy('name')
  }
}
