import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { sayServerAway } from '#services/operations/server_away'
import { type DatabaseSettings } from '#start/environment/database_settings'
import { TransferFailed } from './errors.js'
import { withConnection } from './with_connection.js'

/** A server that does not answer by then is away. */
const CONNECT_MS = 10_000

/**
 * Does something with another PostgreSQL database.
 *
 * @throws TransferFailed with its address when it does not answer
 */
export async function withPostgres<T>(
  settings: Extract<DatabaseSettings, { dialect: 'postgres' }>,
  work: (client: QueryClientContract) => Promise<T>
): Promise<T> {
  const connection = { ...settings.connection, connectionTimeoutMillis: CONNECT_MS }
  return withConnection({ client: 'pg', connection }, async (client) => {
    await client.rawQuery('select 1').catch((error) => {
      const away = sayServerAway(connection, error)
      throw away === null ? error : new TransferFailed(away, { cause: error })
    })
    return work(client)
  })
}
