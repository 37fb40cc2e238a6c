import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'

export type SqlClient = QueryClientContract | TransactionClientContract

/** Runs a query and answers its rows. */
export async function selectRows<Row>(
  client: SqlClient,
  sql: string,
  bindings: readonly unknown[] = []
): Promise<Row[]> {
  return toRows(await client.rawQuery(sql, [...bindings] as never))
}

/**
 * As `selectRows`, for a statement of nearly every request: PostgreSQL parses and plans it once for each connection, as
 * SQLite does with all. `name` is of this text alone. The text names its columns: a `*` that a migration makes wider fails.
 */
export async function selectPrepared<Row>(
  client: SqlClient,
  name: string,
  sql: string,
  bindings: readonly unknown[]
): Promise<Row[]> {
  const query = client.rawQuery(sql, [...bindings] as never)
  query.knexQuery.options({ name })
  return toRows(await query)
}

/** Runs a statement that changes rows and answers how many it changed. */
export async function execute(client: SqlClient, sql: string, bindings: readonly unknown[] = []): Promise<number> {
  const result: unknown = await client.rawQuery(sql, [...bindings] as never)
  const { rowCount, changes } = result as { rowCount?: number; changes?: number }
  return rowCount ?? changes ?? 0
}

function toRows<Row>(result: unknown): Row[] {
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
}
