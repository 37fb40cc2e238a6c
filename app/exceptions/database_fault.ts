import { STATUS_CODES } from 'node:http'
import { databaseFaultOf } from '#database/faults'
import { type Problem } from './problem.js'

/** Seconds after which a busy or restarting database is worth another try. */
const RETRY_AFTER = 5

/** The problem behind an error of the database that passes without a change of the request; null for any other. */
export function findDatabaseFault(error: unknown): Problem | null {
  const fault = databaseFaultOf(error)
  if (fault === 'unavailable') {
    return unavailable('E_DATABASE_UNAVAILABLE', 'The database does not answer: try again in a moment')
  }
  return fault && unavailable('E_STORAGE_FULL', 'The disk of the database is full: nothing was written')
}

function unavailable(code: string, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[503]!, status: 503, detail, code, retryAfter: RETRY_AFTER }
}
