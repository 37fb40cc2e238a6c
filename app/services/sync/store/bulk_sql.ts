import { isPostgres } from '#database/columns'
import { type BulkSql, type JsonColumnType } from './bulk_dialect.js'
import { PostgresBulkSql } from './postgres_bulk_sql.js'
import { execute, type SqlClient } from './sql_client.js'
import { SqliteBulkSql } from './sqlite_bulk_sql.js'

const SQLITE = new SqliteBulkSql()
const POSTGRES = new PostgresBulkSql()

/** The dialect of this connection. */
export function bulkSql(client: SqlClient): BulkSql {
  return isPostgres(client) ? POSTGRES : SQLITE
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
  const names = Object.keys(columns)
  const list = names.join(', ')
  const from = bulkSql(client).tuples('r', columns)
  await execute(client, `insert into ${table} (${list}) select ${list} from ${from} where true ${onConflict}`, [
    JSON.stringify(rows.map((row) => names.map((name) => row[name]))),
  ])
}
