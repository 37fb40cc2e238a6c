import type { JsonObject, SourceLogger } from '@laim/sdk'
import type { Logger } from '@adonisjs/core/logger'
import type { SecretScrubber } from './secret_scrubber.js'

/** The log of one source: every line names it, none shows its secrets. */
export function createSourceLogger(logger: Logger, source: string, scrubber: SecretScrubber): SourceLogger {
  const child = logger.child({ source })
  const write =
    (level: 'debug' | 'info' | 'warn') =>
    (message: string, fields: JsonObject = {}) =>
      child[level](scrubber.value(fields), scrubber.text(message))

  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error(message, fields = {}, cause) {
      const reason = cause instanceof Error ? { cause: `${cause.name}: ${cause.message}` } : {}
      child.error(scrubber.value({ ...fields, ...reason } as JsonObject), scrubber.text(message))
    },
  }
}
