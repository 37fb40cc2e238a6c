import { basename } from 'node:path'
import { listTables } from '#services/transfer/list_tables'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'

/** Names of the migrations that a database has, without folder, in their order; none where there is no schema. */
export async function doneMigrations(client: SqlClient): Promise<string[]> {
  const tables = await listTables(client)
  if (!tables.includes('adonis_schema')) {
    return []
  }
  const rows = await selectRows<{ name: string }>(client, 'select name from adonis_schema order by id')
  return rows.map(({ name }) => basename(name))
}
