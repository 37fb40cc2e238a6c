import db from '@adonisjs/lucid/services/db'
import { type AssetIdentifier } from '#core/reconcile/asset_view'
import { selectRows } from '#services/sync/store/sql_client'

/** What identifies an asset, of its sources and of people: by kind, then by value. Empty when there is no such asset. */
export class AssetIdentifiers {
  async handle(assetId: number): Promise<AssetIdentifier[]> {
    return selectRows<AssetIdentifier>(
      db.connection(),
      `select i.kind, i.value, i.strength, i.origin from asset_identifiers i
       where i.asset_id = ? order by i.kind, i.value`,
      [assetId]
    )
  }
}
