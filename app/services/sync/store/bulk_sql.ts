import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'
import { PostgresBulkSql } from './postgres_bulk_sql.js'
import { SqliteBulkSql } from './sqlite_bulk_sql.js'

export type SqlClient = QueryClientContract | TransactionClientContract

/** Column types of a JSON parameter. */
export type JsonColumnType = 'int' | 'text' | 'json' | 'time' | 'bool' | 'bytes'

/**
 * The few places where bulk statements differ between the databases. One JSON parameter carries all rows of a
 * statement: no limit on bound parameters, one plan, one round trip.
 */
export interface BulkSql {
  /** A FROM item named `alias` with these columns, made from one bound JSON array of objects. */
  rows(alias: string, columns: Record<string, JsonColumnType>): string
  /** `count` ids that nobody else will get, ascending. Call it inside the writing transaction. */
  allocateIds(client: SqlClient, table: string, count: number): Promise<number[]>
}

const SQLITE = new SqliteBulkSql()
const POSTGRES = new PostgresBulkSql()

/** The dialect of this connection. */
export function bulkSql(client: SqlClient): BulkSql {
  return isPostgres(client) ? POSTGRES : SQLITE
}

/** Runs a query and answers its rows. */
export async function selectRows<Row>(
  client: SqlClient,
  sql: string,
  bindings: readonly unknown[] = []
): Promise<Row[]> {
  const result: unknown = await client.rawQuery(sql, [...bindings] as never)
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
}

/** Runs a statement that changes rows and answers how many it changed. */
export async function execute(
  client: SqlClient,
  sql: string,
  bindings: readonly unknown[] = []
): Promise<number> {
  const result: unknown = await client.rawQuery(sql, [...bindings] as never)
  const { rowCount, changes } = result as { rowCount?: number; changes?: number }
  return rowCount ?? changes ?? 0
}

/** Inserts rows with one statement. A value of a `json` column is given as the value, not as text. */
export async function insertRows(
  client: SqlClient,
  table: string,
  columns: Record<string, JsonColumnType>,
  rows: readonly Record<string, unknown>[],
  onConflict = ''
): Promise<void> {
  if (rows.length === 0) {
    return
  }
  const names = Object.keys(columns).join(', ')
  const from = bulkSql(client).rows('r', columns)
  await execute(
    client,
    `insert into ${table} (${names}) select ${names} from ${from} where true ${onConflict}`,
    [JSON.stringify(rows)]
  )
}
