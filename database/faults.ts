/** A fault of the database that a repeated request would not meet: it is away, or there is no room left. */
export type DatabaseFault = 'unavailable' | 'full'

/** The database does not answer, or not in time: PostgreSQL's codes, SQLite's, the system's and the pool's. */
const UNAVAILABLE = [
  /^ECONN(REFUSED|RESET|ABORTED)$/,
  /^(EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH)$/,
  /^(08|57P|53300)/,
  /^SQLITE_(BUSY|CANTOPEN|IOERR)/,
]

/** What pg says without a code when its connection broke, or when it never came about. */
const LOST =
  /^(.* - )?(Connection terminated|timeout expired|Query read timeout|Client has encountered a connection error)/s

/** There is no room left to write. */
const FULL = [/^SQLITE_FULL$/, /^ENOSPC$/, /^53100$/]

/** The code of an error of the system or a database, such as ENOENT; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Which fault of the database an error is; null when it is none that passes by itself. */
export function databaseFaultOf(error: unknown): DatabaseFault | null {
  if (!(error instanceof Error)) {
    return null
  }
  const code = codeOf(error)
  if (FULL.some((pattern) => pattern.test(code))) {
    return 'full'
  }
  const isLost = code === '' && LOST.test(error.message)
  const isAway = isLost || error.name === 'KnexTimeoutError' || UNAVAILABLE.some((pattern) => pattern.test(code))
  return isAway ? 'unavailable' : null
}
