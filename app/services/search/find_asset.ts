import db from '@adonisjs/lucid/services/db'
import { AssetNotFound } from '#core/assets/errors'
import { selectPrepared } from '#services/sync/store/sql_client'
import { type AssetView } from './asset_query.js'
import { ASSET_COLUMNS, type AssetRow, toAsset } from './asset_row.js'
import { lastSynced } from './last_synced.js'

/** Ids of both databases are 32 bits; PostgreSQL refuses to compare a column of them with more. */
const MAX_ID = 2 ** 31 - 1

/** One asset, active or not. */
export class FindAsset {
  /** @throws AssetNotFound, also for what can be no id */
  async handle(id: number): Promise<AssetView> {
    const client = db.connection()
    const isId = Number.isInteger(id) && id >= 1 && id <= MAX_ID
    const [row] = isId
      ? await selectPrepared<AssetRow>(
          client,
          'find_asset',
          `select ${ASSET_COLUMNS}, ${lastSynced('a.id')} as last_synced_at from assets a where a.id = ?`,
          [id]
        )
      : []
    if (!row) {
      throw new AssetNotFound(id)
    }
    return toAsset(row)
  }
}
