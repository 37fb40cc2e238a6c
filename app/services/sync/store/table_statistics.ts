import { isPostgres } from '#database/columns'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** What a run looks things up in. */
const TABLES = ['source_records', 'observations', 'observation_identifiers', 'assets', 'asset_identifiers']

/** A table that grew this many times is another table. */
const GROWTH = 10

/**
 * Lets PostgreSQL look at tables that it knows nothing of, or that grew since: it does so by itself only after a minute, and
 * until then takes wrong indexes for a first import.
 */
export async function lookAtGrownTables(client: SqlClient): Promise<void> {
  if (!isPostgres(client)) {
    return
  }
  const grown = await selectRows<{ name: string }>(
    client,
    `select relname as name from pg_class where oid in (${TABLES.map((name) => `'${name}'::regclass`).join(', ')})
       and pg_relation_size(oid) > case when reltuples < 1 then 0 else ? * current_setting('block_size')::int * relpages end`,
    [GROWTH]
  )
  for (const { name } of grown) {
    await execute(client, `analyze ${name}`)
  }
}
