import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'

/** "LAIM" in ASCII: the advisory lock of the set-up, which nothing else takes. */
const LOCK_KEY = 0x4c41494d

/**
 * Does something while no other process of the same PostgreSQL does it: the others wait, then find the work done. The
 * lock is the connection's own, so it ends with a process that dies. On SQLite there is one set-up at a time.
 */
export async function withSetupLock<T>(work: () => Promise<T>): Promise<T> {
  if (!isPostgres(db.connection())) {
    return work()
  }

  const trx = await db.transaction()
  try {
    await trx.rawQuery('select pg_advisory_xact_lock(?)', [LOCK_KEY])
    return await work()
  } finally {
    await trx.rollback()
  }
}
