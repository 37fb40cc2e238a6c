import { fromJson, toIso } from '#database/columns'
import { type Pin } from '#core/reconcile/types'
import { composeEntries, exchangingSerials } from '#core/reconcile/undo'
import { bulkSql } from '#services/sync/store/bulk_sql'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type EntryOfAsset } from './undo_entry.js'

interface EntryRow {
  id: number
  asset_id: number
  action: string
  before: unknown
  after: unknown
  detail: unknown
  created_at: unknown
}

const COLUMNS = 'c.id, c.asset_id, c.action, c.before, c.after, c.detail, s.created_at'
const PAGE = 1000

/**
 * What a change set did, asset by asset, the youngest first; of all its assets, or of these. The plus keeps SQLite from
 * reading the whole change set for each of them.
 */
export async function loadEntries(
  client: SqlClient,
  changeSetId: number,
  assetIds: readonly number[] | null = null
): Promise<EntryOfAsset[]> {
  const rows =
    assetIds === null
      ? await selectRows<EntryRow>(
          client,
          `select ${COLUMNS} from changes c join change_sets s on s.id = c.change_set_id
           where s.id = ? order by c.id desc`,
          [changeSetId]
        )
      : await selectRows<EntryRow>(
          client,
          `select ${COLUMNS} from ${bulkSql(client).rows('w', { id: 'int' })}
           cross join changes c cross join change_sets s
           where c.asset_id = w.id and +c.change_set_id = ? and s.id = c.change_set_id order by c.id desc`,
          [JSON.stringify(assetIds.map((id) => ({ id }))), changeSetId]
        )
  const byAsset = Map.groupBy(rows, (row) => row.asset_id)
  return [...byAsset].map(([assetId, ofAsset]) => ({
    assetId,
    lastId: ofAsset[0]!.id,
    ...composeEntries(ofAsset.reverse().map(toEntry)),
  }))
}

/** Assets between which serials may have changed hands in a change set of any size, and perhaps more. */
export async function findExchanging(client: SqlClient, changeSetId: number): Promise<number[]> {
  const concerned: Parameters<typeof exchangingSerials>[0][number][] = []
  for await (const rows of pagesOf(client, changeSetId)) {
    for (const row of rows) {
      const { action, before, after } = toEntry(row)
      if ('serialNumber' in after || 'isActive' in after) {
        const touched = ({ serialNumber, isActive }: Record<string, unknown>) =>
          Object.fromEntries(Object.entries({ serialNumber, isActive }).filter(([, value]) => value !== undefined))
        const values = { before: touched(before), after: touched(after) }
        concerned.push({ assetId: row.asset_id, action, ...values, pins: null, madeAt: '' })
      }
    }
  }
  return [...new Set(exchangingSerials(concerned))]
}

async function* pagesOf(client: SqlClient, changeSetId: number): AsyncGenerator<EntryRow[]> {
  for (let afterId = 0; ;) {
    const rows = await selectRows<EntryRow>(
      client,
      `select ${COLUMNS} from changes c join change_sets s on s.id = c.change_set_id
       where c.change_set_id = ? and c.id > ? order by c.id limit ?`,
      [changeSetId, afterId, PAGE]
    )
    yield rows
    if (rows.length < PAGE) {
      return
    }
    afterId = rows.at(-1)!.id
  }
}

function toEntry(row: EntryRow) {
  return {
    action: row.action,
    before: fromJson<Record<string, unknown>>(row.before),
    after: fromJson<Record<string, unknown>>(row.after),
    pins: fromJson<{ pins?: Pin[] } | null>(row.detail)?.pins ?? null,
    madeAt: toIso(row.created_at)!,
  }
}
