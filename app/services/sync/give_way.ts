import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { isPostgres } from '#database/columns'
import { type SqlClient } from './store/sql_client.js'

/** Who waits for SQLite's one write lock asks again every 100 ms at most: one pause in two lets it in. */
const PAUSE_MS = 50

/**
 * Lets others write between two transactions of a run. On SQLite they do not queue: without a pause a run that writes
 * batch after batch keeps a person's edit waiting until it fails.
 */
export async function giveWay(client: SqlClient): Promise<void> {
  await (isPostgres(client) ? nextTurn() : sleep(PAUSE_MS))
}
