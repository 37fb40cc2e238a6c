import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'
import { codeOf } from '#database/faults'
import { execute, selectRows } from '#services/sync/store/sql_client'

/** "LAIM" in ASCII: names the advisory lock on PostgreSQL, and the file's application on SQLite. */
const LAIM = 0x4c41494d

const TRY_AGAIN_MS = 200

/**
 * Does something in one transaction of the whole process, and while no other process does it on the same database: the
 * others wait, then find the work done. A process that dies leaves the database as it was.
 */
export async function aloneInOneTransaction<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
  const trx = await beginAlone()
  try {
    const value = await work(trx)
    await trx.commit()
    return value
  } catch (error) {
    await trx.rollback()
    throw error
  }
}

async function beginAlone(): Promise<TransactionClientContract> {
  for (;;) {
    const trx = await db.beginGlobalTransaction()
    try {
      await takeLock(trx)
      return trx
    } catch (error) {
      await trx.rollback()
      if (!codeOf(error).startsWith('SQLITE_BUSY')) {
        throw error
      }
      await sleep(TRY_AGAIN_MS)
    }
  }
}

/** On SQLite any write will do: it takes the one lock that there is. */
async function takeLock(trx: TransactionClientContract): Promise<void> {
  await (isPostgres(trx)
    ? selectRows(trx, 'select pg_advisory_xact_lock(?)', [LAIM])
    : execute(trx, `pragma application_id = ${LAIM}`))
}
