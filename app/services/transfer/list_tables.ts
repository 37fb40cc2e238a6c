import { isPostgres } from '#database/columns'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'

/** Names of the tables of a database, those of SQLite itself aside; also of one that a transaction has just made. */
export async function listTables(client: SqlClient): Promise<string[]> {
  const rows = await selectRows<{ name: string }>(
    client,
    isPostgres(client)
      ? 'select tablename as name from pg_tables where schemaname = current_schema() order by 1'
      : `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by 1`
  )
  return rows.map(({ name }) => name)
}
