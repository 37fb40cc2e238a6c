import { type BaseCommand } from '@adonisjs/core/ace'
import { sayOwnServerAway } from '#services/operations/server_away'

interface Fault {
  readonly message: string
}

/** Wrong usage, as opposed to a failure. */
const WRONG_USAGE = 3

/**
 * Prints what stopped a command, one line for each fault of its input, without a stack. Answers true if there was
 * something: the error is then dealt with.
 */
export function reportFault(command: BaseCommand): boolean {
  const { error } = command
  if (!error) {
    return false
  }
  const away = sayOwnServerAway(error)
  if (away !== null) {
    command.logger.error(away)
    command.exitCode = 1
    return true
  }
  const faults: readonly Fault[] = error.faults ?? error.messages ?? []
  for (const { message } of faults.length > 0 ? faults : [error]) {
    command.logger.error(message)
  }
  command.exitCode = error.status === 422 ? WRONG_USAGE : 1
  return true
}
