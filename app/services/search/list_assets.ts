import db from '@adonisjs/lucid/services/db'
import { readCursor, toCursor } from './asset_cursor.js'
import { type AssetQuery, type AssetView, type CappedCount, toSearchFilter } from './asset_query.js'
import { toAsset } from './asset_row.js'
import { toAssetSort } from './asset_sort.js'
import { matchAssets } from './match_assets.js'
import { selectPage } from './select_page.js'

/** One page of a list, and how many assets the whole list has. */
export interface AssetPage {
  readonly assets: AssetView[]
  /** Null on the last page. */
  readonly nextCursor: string | null
  readonly total: CappedCount
}

/** Finds a page of assets with at most two statements, however large the page. */
export class ListAssets {
  /** @throws InvalidValue of the fields `sort` and `cursor` */
  async handle(query: AssetQuery): Promise<AssetPage> {
    const sort = toAssetSort(query.sort)
    const after = query.cursor === undefined ? null : readCursor(query.cursor, sort)
    const filter = toSearchFilter(query)
    const client = db.connection()

    const { total, ids } = await matchAssets(client, filter)
    const rows = await selectPage(client, filter, ids, { sort, after, limit: query.limit + 1 })
    const assets = rows.slice(0, query.limit).map(toAsset)

    const last = assets.at(-1)
    return {
      assets,
      nextCursor: last && rows.length > query.limit ? toCursor(last, sort) : null,
      total,
    }
  }
}
