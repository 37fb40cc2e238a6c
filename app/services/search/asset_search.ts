import { type SearchFilter } from './asset_query.js'
import { type AssetSort } from './asset_sort.js'
import { type Sql } from './sql.js'

/** A way to read assets: a FROM clause in which they are called `a`, and the conditions that leave those meant. */
export interface AssetScan {
  readonly from: string
  readonly conditions: readonly Sql[]
}

/**
 * The places where the databases search differently. SQLite is told which index to use: without statistics its planner
 * walks the order it is asked for, one random row at a time, also when a handful of rows match.
 */
export interface AssetSearch {
  /** Name of the aggregate that makes a JSON array. */
  readonly jsonArray: string
  /** The quickest way to all assets that are meant, in no order. */
  everything(filter: SearchFilter): AssetScan
  /** The way to the first of many assets that are meant, in this order. */
  inOrder(filter: SearchFilter, sort: AssetSort): AssetScan
  /** A condition: `expression` is one of these ids. */
  isAmong(expression: string, ids: readonly number[]): Sql
}
