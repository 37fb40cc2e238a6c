import { errors } from '@adonisjs/core/ace'
import { type ApplicationService } from '@adonisjs/core/types'

const WRONG_USAGE = 3

const USAGE_ERRORS = [
  errors.E_INVALID_FLAG,
  errors.E_MISSING_ARG,
  errors.E_MISSING_ARG_VALUE,
  errors.E_MISSING_FLAG,
  errors.E_MISSING_FLAG_VALUE,
  errors.E_UNKNOWN_FLAG,
]

/** Lets a command that is called with arguments or flags that it does not take end with the exit code for that. */
export function endWrongUsage(app: ApplicationService): void {
  app.booted(async () => {
    const kernel = await app.container.make('ace')
    const handler = kernel.errorHandler
    const render = handler.render.bind(handler)
    handler.render = async (error, from) => {
      const answer = await render(error, from)
      if (USAGE_ERRORS.some((kind) => error instanceof kind)) {
        kernel.exitCode = WRONG_USAGE
      }
      return answer
    }
  })
}
