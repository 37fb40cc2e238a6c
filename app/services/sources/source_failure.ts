import { SourceError, type JsonObject } from '@laim/sdk'
import type { SecretScrubber } from './secret_scrubber.js'

const MAX_MESSAGE = 500

/**
 * What a plugin threw, as the error that runs and checks may show: secrets masked, one line, no stack. Whatever is
 * not a SourceError is the plugin's own fault (`internal`); its message may quote data, so only its name is shown.
 */
export function toSourceError(error: unknown, scrubber: SecretScrubber, signal?: AbortSignal): SourceError {
  if (SourceError.is(error)) {
    return new SourceError(
      {
        kind: error.kind,
        code: error.code,
        message: toLine(scrubber.text(error.message)),
        ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
        ...(error.detail === undefined ? {} : { detail: scrubber.value<JsonObject>(error.detail) }),
      },
      { cause: error.cause }
    )
  }
  if (signal?.aborted) {
    return new SourceError(
      { kind: 'cancelled', code: 'E_SOURCE_CANCELLED', message: 'it was cancelled' },
      { cause: error }
    )
  }
  const name = error instanceof Error ? error.name : typeof error
  return new SourceError(
    { kind: 'internal', code: 'E_SOURCE_PLUGIN_FAULT', message: `the plugin failed (${name}); its log line has more` },
    { cause: error }
  )
}

function toLine(message: string): string {
  return message
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_MESSAGE)
}
