import app from '@adonisjs/core/services/app'
import { defineConfig, destination } from '@adonisjs/core/logger'
import type { InferLoggers } from '@adonisjs/core/types'
import env from '#start/env'

/** Names under which secrets could reach a log record, at the top or one level down. */
const SECRETS = [
  'password',
  'current_password',
  'new_password',
  'token',
  'access_token',
  'apiToken',
  'api_token',
  'secret',
  'authorization',
  'cookie',
  'community',
  'authpass',
  'cryptopass',
]

/** Lines of the server are written together: a write for each would be a fifth of what a request costs. */
const LINES_TOGETHER = { minLength: 4096, periodicFlush: 200 }

/** Commands print their result on stdout, so what they log goes to stderr. */
const STDOUT = 1
const STDERR = 2

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'laim',
      level: env.get('LOG_LEVEL'),
      destination: destination({
        ...(app.getEnvironment() === 'web'
          ? { dest: STDOUT, sync: false, ...LINES_TOGETHER }
          : { dest: STDERR, sync: true }),
      }),
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
