import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/core/logger'
import type { InferLoggers } from '@adonisjs/core/types'
import type { LoggerConfig } from '@adonisjs/core/types/logger'
import env from '#start/env'
import { logOutput } from '#start/environment/log_output'

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

/** Commands print their result on stdout, so what they log goes to stderr. */
const STDOUT = 1
const STDERR = 2

/** knex warns of each connection that it cannot open, with a stack; whoever asked for it says so anyway. */
const SAID_ELSEWHERE = 'Acquire connection error'

const withoutRepetition: NonNullable<LoggerConfig['hooks']>['logMethod'] = function (args, method) {
  const [first] = args as unknown[]
  if (typeof first !== 'string' || !first.startsWith(SAID_ELSEWHERE)) {
    method.apply(this, args)
  }
}

const isWeb = app.getEnvironment() === 'web'

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'laim',
      level: env.get('LOG_LEVEL'),
      destination: isWeb ? logOutput(STDOUT, false) : logOutput(STDERR, true),
      hooks: { logMethod: withoutRepetition },
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
