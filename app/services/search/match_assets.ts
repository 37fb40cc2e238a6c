import { fromJson } from '#database/columns'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type CappedCount, type SearchFilter } from './asset_query.js'
import { assetSearch } from './search_dialect.js'
import { allOf } from './sql.js'

/** Counts are exact up to here. */
const COUNT_LIMIT = 10_000

/** So many matches are gathered and sorted; more are met soon enough on a walk along the order. */
const GATHER_LIMIT = 1000

/** How many assets are meant, and which if they are few (at most 1000, in no order); else `ids` is null. */
export interface AssetMatches {
  readonly total: CappedCount
  readonly ids: readonly number[] | null
}

/** Counts the assets that a filter means, with one statement that stops soon after 10 000. */
export async function matchAssets(client: SqlClient, filter: SearchFilter): Promise<AssetMatches> {
  const search = assetSearch(client)
  const scan = search.everything(filter)
  const where = allOf(scan.conditions)
  const matches = `select a.id from ${scan.from} where ${where.text} limit ${COUNT_LIMIT + 1}`
  const [row] = await selectRows<{ count: number; ids: unknown }>(
    client,
    filter.words.length > 0 ? collect(matches, search.jsonArray) : countFirst(matches, search.jsonArray),
    where.bindings
  )
  const count = row?.count ?? 0

  return {
    total: { count: Math.min(count, COUNT_LIMIT), exact: count <= COUNT_LIMIT },
    ids: count === 0 ? [] : fromJson<number[] | null>(row?.ids ?? null),
  }
}

/** In one go: looking for words a second time would take longer than collecting ids that turn out to be too many. */
function collect(matches: string, jsonArray: string): string {
  return `select cast(count(*) as int) as count,
                 case when count(*) <= ${GATHER_LIMIT} then ${jsonArray}(m.id) end as ids
          from (${matches}) m`
}

/** Looks a second time, for the ids, only if they are few. */
function countFirst(matches: string, jsonArray: string): string {
  return `with m as not materialized (${matches})
          select cast(count(*) as int) as count,
                 case when count(*) <= ${GATHER_LIMIT} then (select ${jsonArray}(m.id) from m) end as ids
          from m`
}
