import { isPostgres } from '#database/columns'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/**
 * What a run looks things up in, by the half of it that does, with the columns that tell which index serves. To look at the
 * others, some of them large, would take several times as long.
 */
const TABLES = {
  claims: {
    source_records: 'id, source_id, native_id, observation_id, asset_id, link_state, missed_runs, closed_at',
    observations: 'id, record_id, run_id',
    observation_identifiers: 'observation_id, kind, value, strength',
  },
  assets: {
    assets: 'id, hostname',
    asset_identifiers: 'kind, value, asset_id, strength, origin',
  },
} as const satisfies Record<string, Record<string, string>>

/** A table that grew this many times is another table. */
const GROWTH = 10

/**
 * Lets PostgreSQL look at tables that it knows nothing of, or that grew since: it does so by itself only after a minute, and
 * until then takes wrong indexes for a first import.
 */
export async function lookAtGrownTables(client: SqlClient, half: keyof typeof TABLES): Promise<void> {
  if (!isPostgres(client)) {
    return
  }
  const columnsOf: Readonly<Record<string, string>> = TABLES[half]
  const oids = Object.keys(columnsOf).map((name) => `'${name}'::regclass`)
  const grown = await selectRows<{ name: string }>(
    client,
    `select relname as name from pg_class where oid in (${oids.join(', ')})
       and pg_relation_size(oid) > case when reltuples < 1 then 0 else ?::bigint * current_setting('block_size')::int * relpages end`,
    [GROWTH]
  )
  for (const { name } of grown) {
    await execute(client, `analyze ${name} (${columnsOf[name]})`)
  }
}
