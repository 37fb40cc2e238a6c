import db from '@adonisjs/lucid/services/db'
import { type Actor } from '#core/assets/asset'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { type AssetPlace } from './asset_cursor.js'
import { type AssetFilter, type AssetView, toSearchFilter } from './asset_query.js'
import { toAsset } from './asset_row.js'
import { type AssetSort, toAssetSort } from './asset_sort.js'
import { matchAssets } from './match_assets.js'
import { selectPage } from './select_page.js'

const ROWS_AT_ONCE = 500

/**
 * Reads all assets that a filter means, page by page along the order: however many there are, one page is in memory.
 * In the order of ids, the default, each asset that existed throughout comes exactly once.
 */
export class ExportAssets {
  /** The first page is read at once, so that what is wrong shows before anything is sent. @throws InvalidValue */
  async handle(filter: AssetFilter, actor: Actor, sortName = 'id'): Promise<AsyncIterable<readonly AssetView[]>> {
    const sort = toAssetSort(sortName)
    const { ids } = await matchAssets(db.connection(), toSearchFilter(filter))
    const read = (after: AssetPlace | null) => readPage(filter, ids, sort, after)
    const first = await read(null)
    await shortTransaction(db.connection(), (trx) =>
      recordAudit(trx, { action: 'items.exported', actor, detail: { filter } })
    )
    return walk(first, sort, read)
  }
}

async function* walk(
  first: readonly AssetView[],
  sort: AssetSort,
  read: (after: AssetPlace) => Promise<readonly AssetView[]>
): AsyncGenerator<readonly AssetView[]> {
  let page = first
  while (page.length > 0) {
    yield page
    if (page.length < ROWS_AT_ONCE) {
      return
    }
    const last = page.at(-1)!
    const value = sort.holds === 'id' ? null : (last[sort.field] as AssetPlace['value'])
    page = await read({ value, id: last.id })
  }
}

async function readPage(
  filter: AssetFilter,
  ids: readonly number[] | null,
  sort: AssetSort,
  after: AssetPlace | null
): Promise<AssetView[]> {
  const client = db.connection()
  const rows = await selectPage(client, toSearchFilter(filter), ids, { sort, after, limit: ROWS_AT_ONCE })
  return rows.map(toAsset)
}
