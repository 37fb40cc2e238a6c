import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { prettyPrintError } from '@adonisjs/core'

/**
 * Fills `process.env` before anything reads it: the variables of the process
 * win over those of `.env`; then come the names that AdonisJS expects, made
 * from the names that LAIM documents. Tests read `.env.test` alone, which wins
 * over the process, so that they run alike on every machine.
 *
 * The folder of `.env` is the one named by ENV_PATH, else the root of the
 * application. Relative paths in variables start there, so that the build in
 * `build/` and the sources beside it share one database and one key.
 */
export function loadEnvironment(appRoot: URL) {
  const home = resolve(process.env.ENV_PATH ?? fileURLToPath(appRoot))
  process.env.ENV_PATH = home
  dropEmptyVariables()

  const isTest = process.env.NODE_ENV === 'test'
  const fromFile = readVariables(resolve(home, isTest ? '.env.test' : '.env'))
  for (const [name, value] of Object.entries(fromFile)) {
    process.env[name] = isTest ? value : (process.env[name] ?? value)
  }
  dropEmptyVariables()

  process.env.NODE_ENV ??= 'development'
  process.env.TZ = 'UTC'
  process.env.HOST = process.env.APP_HOST ?? '0.0.0.0'
  process.env.PORT = process.env.APP_PORT ?? '8000'
  if (process.env.SECRET_KEY) {
    process.env.APP_KEY = process.env.SECRET_KEY
  }
}

function readVariables(file: string) {
  try {
    return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  } catch (error) {
    console.error(
      `laim: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}): run it as a user who may read it`
    )
    process.exit(1)
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
 * Reads every setting, before the application boots. Wrong ones end the
 * process with one line each, which names the variable and never a secret.
 */
export async function checkSettings() {
  try {
    await import('#start/env')
  } catch (error) {
    await endStart(error)
  }
}

/**
 * Prints why the application could not start, and ends the process with 1: a
 * connection to the database would keep it alive.
 */
export async function endStart(error: unknown) {
  if (hasCode(error, 'E_INVALID_ENV_VARIABLES')) {
    for (const line of String(error.help).split('\n')) {
      console.error(`laim: ${line.replace(/^- /, '')}`)
    }
  } else if (hasCode(error, 'EADDRINUSE') || hasCode(error, 'EACCES')) {
    const reason = error.code === 'EADDRINUSE' ? 'is in use' : 'may not be opened by this user'
    console.error(`laim: APP_PORT ${process.env.PORT} ${reason}. Example: APP_PORT=8001`)
  } else {
    await prettyPrintError(error)
  }
  process.exit(1)
}

function hasCode(error: unknown, code: string): error is Error & { code: string; help?: string } {
  return error instanceof Error && 'code' in error && error.code === code
}
