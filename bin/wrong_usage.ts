import { errors } from '@adonisjs/core/ace'
import { type ApplicationService } from '@adonisjs/core/types'

const WRONG_USAGE = 3

const USAGE = 'Usage: node ace <command> [arguments] [options]. `node ace list` shows the commands, --help those of one'

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
  const handler = kernel.errorHandler
  const render = handler.render.bind(handler)
  handler.render = async (error, from) => {
    const answer = await render(error, from)
    if (USAGE_ERRORS.some((kind) => error instanceof kind)) {
      kernel.exitCode = WRONG_USAGE
      console.error(USAGE)
    }
    return answer
  }
}
