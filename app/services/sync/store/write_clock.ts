import { execute, type SqlClient } from './sql_client.js'

/**
 * Opens a writing transaction: the update of the one-row clock takes the write lock first, on both databases, so that
 * change sets commit in the order of their ids and no writer reads what another is about to replace.
 */
export async function tickClock(trx: SqlClient): Promise<void> {
  await execute(trx, 'update write_clock set tick = tick + 1 where id = 1')
}
