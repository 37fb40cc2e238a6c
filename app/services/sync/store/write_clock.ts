import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'
import { execute, type SqlClient } from './sql_client.js'

/** Pause of a run between two transactions on SQLite. */
const GAP_MS = 10

const TICK = 'update write_clock set tick = tick + 1 where id = 1'

/**
 * PostgreSQL cannot know how many rows a JSON parameter has, nor what a table holds that a run just filled, and would read
 * large tables whole to join them with a few hundred ids. Inside a run tables are joined as they are written, as in SQLite,
 * and each row is looked up in an index.
 */
const SETTINGS = { join_collapse_limit: '1', enable_hashjoin: 'off', enable_mergejoin: 'off' }
const IN_ORDER = Object.entries(SETTINGS)
  .map(([name, value]) => `set_config('${name}', '${value}', true)`)
  .join(', ')

/** Lets a transaction that only reads look things up as those do that write. */
export async function lookUpByIndex(trx: SqlClient): Promise<void> {
  if (isPostgres(trx)) {
    await execute(trx, `select ${IN_ORDER}`)
  }
}

/**
 * Opens a writing transaction: the update of the one-row clock takes the write lock first, on both databases, so that
 * change sets commit in the order of their ids and no writer reads what another is about to replace.
 */
export async function tickClock(trx: SqlClient): Promise<void> {
  await execute(trx, isPostgres(trx) ? `${TICK} returning ${IN_ORDER}` : TICK)
}

/** A writing transaction of a person's change. */
export async function transactionInTurn<T>(
  db: QueryClientContract,
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  return db.transaction(async (trx) => {
    await tickClock(trx)
    return work(trx)
  })
}

/**
 * A short writing transaction that touches no asset. It need not commit in the order of change sets, so on PostgreSQL it
 * waits for no other writer; on SQLite it must be the writer before it reads.
 */
export function shortTransaction<T>(
  db: QueryClientContract,
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  return isPostgres(db) ? db.transaction(work) : transactionInTurn(db, work)
}

/**
 * What a run does between two transactions: timers and signals of its process get their turn, and on SQLite, whose
 * writers wait by polling, other processes find the writer free.
 */
export async function letOthersWrite(client: SqlClient): Promise<void> {
  await (isPostgres(client) ? nextTurn() : sleep(GAP_MS))
}
