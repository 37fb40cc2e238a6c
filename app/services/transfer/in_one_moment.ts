import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'

/**
 * Reads a database as it is at one moment, whoever writes meanwhile. SQLite's transactions do so anyway.
 */
export async function inOneMoment<T>(
  client: QueryClientContract,
  read: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  return client.transaction(read, isPostgres(client) ? { isolationLevel: 'repeatable read' } : {})
}
