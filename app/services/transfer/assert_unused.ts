import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { codeOf } from '#database/faults'
import { execute, selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { TransferFailed } from './errors.js'

/**
 * Proves that no other process uses a database. The client is not to be used afterwards: ask for it anew.
 *
 * @throws TransferFailed
 */
export async function assertUnused(client: SqlClient): Promise<void> {
  await (isPostgres(client) ? assertNoSessions(client) : assertLastConnection(client))
}

async function assertNoSessions(client: SqlClient): Promise<void> {
  const [row] = await selectRows<{ others: number }>(
    client,
    `select count(*)::int as others from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend'
       and application_name <> current_setting('application_name')`
  )
  if (row!.others > 0) {
    throw new TransferFailed(`The database is in use by ${row!.others} connections: stop LAIM, then try again`)
  }
}

/** Only the last connection to a file can leave it without a log beside it. Those of this process are closed before. */
async function assertLastConnection({ connectionName }: SqlClient): Promise<void> {
  await db.manager.close(connectionName)
  const client = db.connection(connectionName)
  try {
    await execute(client, 'pragma busy_timeout = 1000')
    await execute(client, 'pragma journal_mode = delete')
  } catch (error) {
    const code = codeOf(error)
    if (code.startsWith('SQLITE_BUSY')) {
      throw new TransferFailed('The database is in use: stop LAIM, then try again')
    }
    // A damaged one cannot do it, which is found out by whoever reads it.
  }
}
