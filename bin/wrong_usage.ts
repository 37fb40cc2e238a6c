import { errors } from '@adonisjs/core/ace'
import { createError } from '@adonisjs/core/exceptions'
import { type ApplicationService } from '@adonisjs/core/types'

const WRONG_USAGE = 3

const USAGE = 'Usage: node ace <command> [arguments] [options]. `node ace list` shows the commands, --help those of one'

/** A word that the command has no place for. The framework would pass over it, and do what was not meant. */
const E_UNEXPECTED_ARG = createError<[text: string]>('Unexpected argument "%s"', 'E_UNEXPECTED_ARG')

const USAGE_ERRORS = [
  errors.E_COMMAND_NOT_FOUND,
  errors.E_INVALID_FLAG,
  errors.E_MISSING_ARG,
  errors.E_MISSING_ARG_VALUE,
  errors.E_MISSING_FLAG,
  errors.E_MISSING_FLAG_VALUE,
  errors.E_UNKNOWN_FLAG,
]

/** Lets wrong usage (no such command, arguments or flags that it does not take) end with the exit code for that. */
export async function endWrongUsage(app: ApplicationService): Promise<void> {
  const kernel = await app.container.make('ace')
  kernel.executing((command) => {
    const { _: unexpected }: { _: readonly string[] } = Reflect.get(command, 'parsed')
    if (unexpected.length > 0) {
      throw new E_UNEXPECTED_ARG([unexpected.join(' ')])
    }
  })
  const handler = kernel.errorHandler
  const render = handler.render.bind(handler)
  handler.render = async (error, from) => {
    if (error instanceof E_UNEXPECTED_ARG) {
      kernel.exitCode = WRONG_USAGE
      return console.error(`${error.message}\n${USAGE}`)
    }
    const isUsage = USAGE_ERRORS.some((kind) => error instanceof kind)
    if (isUsage && process.argv.includes('--help')) {
      // The help is printed by now: who asks for it need not know yet what the command wants.
      kernel.exitCode = 0
      return
    }
    const answer = await render(error, from)
    if (isUsage) {
      kernel.exitCode = WRONG_USAGE
      console.error(USAGE)
    }
    return answer
  }
}
