import { destination } from '@adonisjs/core/logger'

/** Lines of a server are written together: a write for each would be a fifth of what a request costs. */
const LINES_TOGETHER = { sync: false, minLength: 4096, periodicFlush: 200 }

/** Bytes that wait to be written at most; what comes beyond is lost. */
const MOST_WAITING = 1_000_000

/**
 * Where log lines go: file descriptor 1 or 2. A disk that is full, or a terminal that is gone, neither ends the process nor
 * keeps it from ending; lines are lost until it can be written again. `isDirect`: each line is written before the next
 * statement.
 */
export function logOutput(dest: 1 | 2, isDirect: boolean): ReturnType<typeof destination> {
  const output = destination({ dest, ...(isDirect ? { sync: true } : LINES_TOGETHER), maxLength: MOST_WAITING })
  let isStuck = false
  output.on('error', () => (isStuck = true))
  output.on('write', () => (isStuck = false))
  // Otherwise it would try for ever to write the rest.
  process.prependListener('exit', () => {
    if (isStuck) {
      output.destroy()
    }
  })
  return output
}
