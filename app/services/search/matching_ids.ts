import db from '@adonisjs/lucid/services/db'
import { selectRows } from '#services/sync/store/sql_client'
import { type AssetFilter, toSearchFilter } from './asset_query.js'
import { assetSearch } from './search_dialect.js'
import { allOf } from './sql.js'

/** The ids of the assets that a filter means, ascending. */
export class MatchingIds {
  async handle(filter: AssetFilter): Promise<number[]> {
    const client = db.connection()
    const scan = assetSearch(client).everything(toSearchFilter(filter))
    const where = allOf(scan.conditions)
    const rows = await selectRows<{ id: number }>(
      client,
      `select a.id from ${scan.from} where ${where.text} order by a.id`,
      where.bindings
    )
    return rows.map(({ id }) => id)
  }
}
