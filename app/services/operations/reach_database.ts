import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { inspectDatabaseFile } from './inspect_database_file.js'
import { sayOwnServerAway } from './server_away.js'

const PAUSE_MS = 1_000

/** Makes sure, before anything is written, that the database answers, can be written and is whole. */
export class ReachDatabase {
  /**
   * Null when the database can be used, else one sentence that says why not and what to do, without a password. A server
   * that does not answer is asked again until this process is as old as the patience; a file is looked at once.
   */
  async handle(patienceMs: number): Promise<string | null> {
    if (!isPostgres(db.connection())) {
      return inspectDatabaseFile()
    }

    for (;;) {
      const fault = await askServer()
      if (fault === null || performance.now() + PAUSE_MS > patienceMs) {
        return fault
      }
      await sleep(PAUSE_MS)
    }
  }
}

async function askServer() {
  try {
    await db.rawQuery('select 1')
    return null
  } catch (error) {
    return (
      sayOwnServerAway(error) ??
      `the database cannot be used: ${(error as Error).message}. Check DATABASE_URL or POSTGRES_*`
    )
  }
}
