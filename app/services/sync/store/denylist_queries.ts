import { insertRows } from './bulk_sql.js'
import { selectRows, type SqlClient } from './sql_client.js'

/** Values that are evidence no longer, as `kind value`. */
export async function loadDenylist(client: SqlClient): Promise<Set<string>> {
  const rows = await selectRows<{ kind: string; value: string }>(
    client,
    `select kind, value from identifier_denylist where origin <> 'allowed'`
  )
  return new Set(rows.map((row) => `${row.kind} ${row.value}`))
}

/** Values that a person called real, however many carry them, as `kind value`. */
export async function loadAllowed(client: SqlClient): Promise<Set<string>> {
  const rows = await selectRows<{ kind: string; value: string }>(
    client,
    `select kind, value from identifier_denylist where origin = 'allowed'`
  )
  return new Set(rows.map((row) => `${row.kind} ${row.value}`))
}

/** Remembers a value as junk, and takes its strength away from every asset that carries it. */
export async function denyValues(
  trx: SqlClient,
  values: readonly { readonly kind: string; readonly value: string; readonly reason: string }[],
  now: string
): Promise<void> {
  await insertRows(
    trx,
    'identifier_denylist',
    { kind: 'text', value: 'text', origin: 'text', reason: 'text', created_at: 'time' },
    values.map((value) => ({ ...value, origin: 'learned', created_at: now })),
    'on conflict (kind, value) do nothing'
  )
}
