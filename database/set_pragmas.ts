import { keepStatements } from './keep_statements.js'
import { waitBetweenTries } from './wait_between_tries.js'

/** What the SQLite connection needs from better-sqlite3's own. */
type RawConnection = { pragma(statement: string): unknown } & Parameters<typeof waitBetweenTries>[0]

/**
 * Readers never wait for the writer (WAL); writers wait between tries and not inside SQLite, once the file is open;
 * references are enforced, which SQLite leaves off by default. When the power fails, what was committed last may be gone, as
 * a whole: a run does it again. `isDurable`: it is on the disk before anybody is told that it is done.
 */
export function setPragmas(connection: RawConnection, isDurable: boolean): void {
  connection.pragma('busy_timeout = 5000')
  connection.pragma('journal_mode = WAL')
  connection.pragma(`synchronous = ${isDurable ? 'FULL' : 'NORMAL'}`)
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 0')
  waitBetweenTries(connection)
  keepStatements(connection)
}
