import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './faults.js'

/** What waiting needs of better-sqlite3's connection. */
interface RawConnection {
  readonly inTransaction: boolean
  prepare(sql: string): { run: RawCall; all: RawCall }
  exec(sql: string): unknown
}

type RawCall = (...bindings: unknown[]) => unknown

/** A write waits this long for its turn. */
const PATIENCE_MS = 15_000
const TRY_AGAIN_MS = 5

/**
 * Lets a statement that finds another process writing wait between tries. SQLite's own waiting would stop the whole
 * process with it: everybody it serves, and the very transaction it waits for. A pragma does not wait.
 */
export function waitBetweenTries(connection: RawConnection): void {
  const prepare = connection.prepare.bind(connection)
  connection.prepare = (sql) => {
    const statement = prepare(sql)
    if (!/^\s*pragma\b/i.test(sql)) {
      statement.run = patient(statement.run.bind(statement))
      statement.all = patient(statement.all.bind(statement))
    }
    if (/^commit\b/i.test(sql)) {
      statement.run = endingInAnyCase(connection, statement.run)
    }
    return statement
  }
}

/** A COMMIT that is refused leaves its transaction open, and the next user of the connection in the middle of it. */
function endingInAnyCase(connection: RawConnection, commit: RawCall): RawCall {
  return async (...bindings) => {
    try {
      return await commit(...bindings)
    } finally {
      if (connection.inTransaction) {
        connection.exec('rollback')
      }
    }
  }
}

/** Answers a promise instead of the result when it had to wait. */
function patient(call: RawCall): RawCall {
  return (...bindings) => {
    try {
      return call(...bindings)
    } catch (error) {
      if (!isBusy(error)) {
        throw error
      }
      return tryAgain(() => call(...bindings))
    }
  }
}

async function tryAgain(call: () => unknown): Promise<unknown> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    await sleep(TRY_AGAIN_MS)
    try {
      return call()
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) {
        throw error
      }
    }
  }
}

/** A transaction whose view is older than another's write (SQLITE_BUSY_SNAPSHOT) would wait in vain. */
function isBusy(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_BUSY'
}
