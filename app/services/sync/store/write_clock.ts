import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'
import { execute, type SqlClient } from './sql_client.js'

/** How long SQLite waits for another process that writes; config/database.ts sets the same. */
const BUSY_TIMEOUT_MS = 5000

/** A person's change waits this long for the writer. */
const PATIENCE_MS = 15_000
const TRY_AGAIN_MS = 5

/** Pause of a run between two transactions on SQLite. */
const GAP_MS = 10

/**
 * Opens a writing transaction: the update of the one-row clock takes the write lock first, on both databases, so that
 * change sets commit in the order of their ids and no writer reads what another is about to replace.
 */
export async function tickClock(trx: SqlClient): Promise<void> {
  await execute(trx, 'update write_clock set tick = tick + 1 where id = 1')
}

/**
 * A writing transaction of a process that serves people. SQLite would wait for the writer with the whole process
 * stopped; here the wait is between tries, and others use the connection meanwhile.
 */
export async function transactionInTurn<T>(
  db: QueryClientContract,
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await db.transaction(async (trx) => {
        await (isPostgres(trx) ? tickClock(trx) : tickAtOnce(trx))
        return work(trx)
      })
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) {
        throw error
      }
      await sleep(TRY_AGAIN_MS)
    }
  }
}

/**
 * A short writing transaction that touches no asset. It need not commit in the order of change sets, so on PostgreSQL it
 * waits for no other writer.
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

/** Takes SQLite's write lock, or throws at once. */
async function tickAtOnce(trx: SqlClient): Promise<void> {
  await execute(trx, 'pragma busy_timeout = 0')
  try {
    await tickClock(trx)
  } finally {
    await execute(trx, `pragma busy_timeout = ${BUSY_TIMEOUT_MS}`)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
