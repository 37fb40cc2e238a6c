import { isPostgres } from '#database/columns'
import { type SqlClient } from '#services/sync/store/sql_client'
import { type AssetSearch } from './asset_search.js'
import { PostgresAssetSearch } from './postgres_asset_search.js'
import { SqliteAssetSearch } from './sqlite_asset_search.js'

const SQLITE = new SqliteAssetSearch()
const POSTGRES = new PostgresAssetSearch()

/** How this connection's database searches. */
export function assetSearch(client: SqlClient): AssetSearch {
  return isPostgres(client) ? POSTGRES : SQLITE
}
