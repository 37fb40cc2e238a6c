import db from '@adonisjs/lucid/services/db'
import { selectRows } from './sql_client.js'

/** Totals beyond this are only said to be more: counting them all would cost more than the page that they stand on. */
const MOST_COUNTED = 10_000

export interface RowCount {
  readonly count: number
  /** False: there are more than `count`. */
  readonly exact: boolean
}

/** Counts rows, no further than tells that there are very many. `source` is what follows `from`. */
export async function countRows(source: string, parameters: readonly (number | string)[] = []): Promise<RowCount> {
  const [row] = await selectRows<{ total: number }>(
    db.connection(),
    `select cast(count(*) as integer) as total from (select 1 as seen from ${source} limit ${MOST_COUNTED + 1}) counted`,
    [...parameters]
  )
  const total = row?.total ?? 0
  return { count: Math.min(total, MOST_COUNTED), exact: total <= MOST_COUNTED }
}
