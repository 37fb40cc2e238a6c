import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'

export type SqlClient = QueryClientContract | TransactionClientContract

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
export async function execute(client: SqlClient, sql: string, bindings: readonly unknown[] = []): Promise<number> {
  const result: unknown = await client.rawQuery(sql, [...bindings] as never)
  const { rowCount, changes } = result as { rowCount?: number; changes?: number }
  return rowCount ?? changes ?? 0
}
