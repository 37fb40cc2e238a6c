import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { listTables } from '#services/transfer/list_tables'
import { inOneMoment } from '#services/transfer/in_one_moment'
import { TransferFailed } from '#services/transfer/errors'
import { withPostgres } from '#services/transfer/with_postgres'
import { type DatabaseSettings } from '#start/environment/database_settings'

/** A row of LAIM 1.0, whatever columns its version had. */
export type V1Row = Readonly<Record<string, unknown>>

/** The three tables of LAIM 1.0, read in the order of their ids. `sync_logs` came with its integrations. */
export interface V1Database {
  rows(table: 'users' | 'inventory_items' | 'sync_logs'): AsyncIterable<readonly V1Row[]>
}

const ROWS_AT_ONCE = 200

/**
 * Does something with a database of LAIM 1.0 as it is at one moment; writes nothing into it.
 *
 * @throws TransferFailed when it is none, or does not answer
 */
export async function withV1<T>(
  settings: Extract<DatabaseSettings, { dialect: 'postgres' }>,
  work: (database: V1Database) => Promise<T>
): Promise<T> {
  return withPostgres(settings, (client: QueryClientContract) =>
    inOneMoment(client, async (trx) => {
      await selectRows(trx, 'set transaction read only')
      const tables = await listTables(trx)
      if (!tables.includes('inventory_items') || !tables.includes('users')) {
        throw new TransferFailed('This is no database of LAIM 1.0: it has no tables users and inventory_items')
      }
      return work({ rows: (table) => (tables.includes(table) ? readTable(trx, table) : nothing()) })
    })
  )
}

async function* nothing(): AsyncGenerator<readonly V1Row[]> {}

async function* readTable(client: SqlClient, table: string): AsyncGenerator<readonly V1Row[]> {
  for (let afterId = 0; ;) {
    const rows = await selectRows<V1Row & { id: number }>(
      client,
      `select * from ${table} where id > ? order by id limit ${ROWS_AT_ONCE}`,
      [afterId]
    )
    if (rows.length === 0) {
      return
    }
    yield rows
    afterId = rows.at(-1)!.id
  }
}
