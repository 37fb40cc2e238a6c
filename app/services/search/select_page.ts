import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type AssetPlace } from './asset_cursor.js'
import { type SearchFilter } from './asset_query.js'
import { ASSET_COLUMNS, type AssetRow } from './asset_row.js'
import { type AssetScan } from './asset_search.js'
import { type AssetSort } from './asset_sort.js'
import { lastSynced } from './last_synced.js'
import { assetSearch } from './search_dialect.js'
import { allOf, join, type Sql, sql } from './sql.js'

/** A stretch of an order: so many rows after a place, or from the start when `after` is null. */
export interface Stretch {
  readonly sort: AssetSort
  readonly after: AssetPlace | null
  readonly limit: number
}

/**
 * The rows of one stretch, with one statement. `ids` are the only assets that are meant, if they are few: these are
 * gathered and sorted. If they are many (null), the order is walked until enough are met.
 */
export async function selectPage(
  client: SqlClient,
  filter: SearchFilter,
  ids: readonly number[] | null,
  stretch: Stretch
): Promise<AssetRow[]> {
  if (ids?.length === 0) {
    return []
  }
  const search = assetSearch(client)
  const statement = ids
    ? gather({ from: 'assets a', conditions: [search.isAmong('a.id', ids)] }, stretch)
    : walk(search.inOrder(filter, stretch.sort), stretch)

  const { sort } = stretch
  const order = `${sort.nullable ? absentLast(sort, 'page') : ''}${orderOf(sort, 'page')}`
  return selectRows<AssetRow>(
    client,
    `select page.*, ${lastSynced('page.id')} as last_synced_at from (${statement.text}) page order by ${order}`,
    statement.bindings
  )
}

function gather(scan: AssetScan, { sort, after, limit }: Stretch): Sql {
  const isAfter = after === null ? [] : [isBehind(sort, after)]
  return select(scan, isAfter, `${absentLast(sort)}${orderOf(sort)}`, limit)
}

/**
 * An index holds absent values at one end, which is the wrong one for one direction or one of the databases. So they
 * are a stretch of their own, read only if the present values do not fill the page.
 */
function walk(scan: AssetScan, { sort, after, limit }: Stretch): Sql {
  const order = orderOf(sort)
  const beyond = after === null ? [] : [isBeyond(sort, after)]
  if (!sort.nullable) {
    return select(scan, beyond, order, limit)
  }
  const isAbsent = sql(`a.${sort.column} is null`)
  if (after?.value === null) {
    return select(scan, [isAbsent, ...beyond], order, limit)
  }

  const present = select(scan, [sql(`a.${sort.column} is not null`), ...beyond], order, limit)
  const isUnfilled = sql('(select count(*) from present) < ?', [limit])
  const absent = select(scan, [isAbsent, isUnfilled], order, limit)
  return join(
    [
      sql('with present as ('),
      present,
      sql(') select * from (select * from present union all select * from ('),
      absent,
      sql(`) absent) page order by ${absentLast(sort, 'page')}${orderOf(sort, 'page')} limit ?`, [limit]),
    ],
    ''
  )
}

function select(scan: AssetScan, conditions: readonly Sql[], order: string, limit: number): Sql {
  const where = allOf([...scan.conditions, ...conditions])
  return sql(`select ${ASSET_COLUMNS} from ${scan.from} where ${where.text} order by ${order} limit ?`, [
    ...where.bindings,
    limit,
  ])
}

function orderOf({ column, descending }: AssetSort, of = 'a'): string {
  const direction = descending ? 'desc' : 'asc'
  return column === 'id' ? `${of}.id ${direction}` : `${of}.${column} ${direction}, ${of}.id ${direction}`
}

function absentLast({ column, nullable }: AssetSort, of = 'a'): string {
  return nullable ? `${of}.${column} is null, ` : ''
}

/** True of the rows behind this place among those with a value, or, if it has none, among those without. */
function isBeyond({ column, descending }: AssetSort, { value, id }: AssetPlace): Sql {
  const sign = descending ? '<' : '>'
  return value === null ? sql(`a.id ${sign} ?`, [id]) : sql(`(a.${column}, a.id) ${sign} (?, ?)`, [value, id])
}

/** True of all rows behind this place, absent values last. */
function isBehind(sort: AssetSort, place: AssetPlace): Sql {
  const beyond = isBeyond(sort, place)
  if (!sort.nullable) {
    return beyond
  }
  const isAbsent = `a.${sort.column} is null`
  return place.value === null
    ? sql(`(${isAbsent} and ${beyond.text})`, beyond.bindings)
    : sql(`(${beyond.text} or ${isAbsent})`, beyond.bindings)
}
