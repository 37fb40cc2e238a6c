import { STATUS_CODES } from 'node:http'
import { type Problem } from './problem.js'

/** Seconds after which a busy or restarting database is worth another try. */
const RETRY_AFTER = 5

/** The database does not answer, or not in time: PostgreSQL's codes, SQLite's, the system's and the pool's. */
const UNAVAILABLE = [
  /^ECONN(REFUSED|RESET|ABORTED)$/,
  /^(ENOTFOUND|ETIMEDOUT|EHOSTUNREACH)$/,
  /^(08|57P|53300)/,
  /^SQLITE_(BUSY|CANTOPEN|IOERR)/,
]

/** There is no room left to write. */
const FULL = [/^SQLITE_FULL$/, /^ENOSPC$/, /^53100$/]

/** The problem behind an error of the database that passes without a change of the request; null for any other. */
export function findDatabaseFault(error: unknown): Problem | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isPoolTimeout = error instanceof Error && error.name === 'KnexTimeoutError'

  if (isPoolTimeout || UNAVAILABLE.some((pattern) => pattern.test(code))) {
    return unavailable('E_DATABASE_UNAVAILABLE', 'The database does not answer: try again in a moment')
  }
  if (FULL.some((pattern) => pattern.test(code))) {
    return unavailable('E_STORAGE_FULL', 'The disk of the database is full: nothing was written')
  }
  return null
}

function unavailable(code: string, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[503]!, status: 503, detail, code, retryAfter: RETRY_AFTER }
}
