import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Fills `process.env` before anything reads it: first the variables of the
 * process, then those of `.env` (of `.env.test` in tests), then the names
 * that AdonisJS expects, made from the names that LAIM documents.
 *
 * The folder of `.env` is the one named by ENV_PATH, else the root of the
 * application. Relative paths in variables start there, so that the build in
 * `build/` and the sources beside it share one database and one key.
 */
export function loadEnvironment(appRoot: URL) {
  const home = resolve(process.env.ENV_PATH ?? fileURLToPath(appRoot))
  process.env.ENV_PATH = home

  const file = resolve(home, process.env.NODE_ENV === 'test' ? '.env.test' : '.env')
  dropEmptyVariables()
  if (existsSync(file)) {
    process.loadEnvFile(file)
    dropEmptyVariables()
  }

  process.env.NODE_ENV ??= 'development'
  process.env.TZ = 'UTC'
  process.env.HOST = process.env.APP_HOST ?? '0.0.0.0'
  process.env.PORT = process.env.APP_PORT ?? '8000'
  process.env.APP_URL ??= `http://localhost:${process.env.PORT}`
  if (process.env.SECRET_KEY) {
    process.env.APP_KEY = process.env.SECRET_KEY
  }
}

/** `NAME=` in a file or a container's settings means that NAME is not set. */
function dropEmptyVariables() {
  for (const [name, value] of Object.entries(process.env)) {
    if (value === '') {
      delete process.env[name]
    }
  }
}

/**
 * Prints why the application cannot start and sets the exit code. Wrong
 * variables are one line each, without a stack.
 */
export async function reportStartFailure(error: unknown) {
  process.exitCode = 1

  if (error instanceof Error && 'code' in error && error.code === 'E_INVALID_ENV_VARIABLES') {
    const lines = 'help' in error ? String(error.help).split('\n') : []
    for (const line of lines) {
      console.error(`laim: ${line.replace(/^- /, '')}`)
    }
    return
  }

  if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) {
    const reason = error.code === 'EADDRINUSE' ? 'is in use' : 'may not be opened by this user'
    console.error(`laim: APP_PORT ${process.env.PORT} ${reason}. Example: APP_PORT=8001`)
    return
  }

  const { prettyPrintError } = await import('@adonisjs/core')
  await prettyPrintError(error)
}
