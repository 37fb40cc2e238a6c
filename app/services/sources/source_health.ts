import type { SourceError, SourceErrorKind } from '@laim/sdk'

/**
 * How a source is doing, in one word. `unknown` until it was read once; `not_configured` and the faults of settings
 * and plugins are found on listing, the others are written by runs.
 */
export type SourceHealth =
  | 'unknown'
  | 'ok'
  | 'not_configured'
  | 'misconfigured'
  | 'auth_failed'
  | 'forbidden'
  | 'unreachable'
  | 'tls_error'
  | 'slow'
  | 'unavailable'
  | 'throttled'
  | 'incompatible'
  | 'degraded'
  | 'plugin_fault'

/** null where an error says nothing about the source. */
const HEALTH_BY_KIND: Record<SourceErrorKind, SourceHealth | null> = {
  config: 'misconfigured',
  auth: 'auth_failed',
  permission: 'forbidden',
  unreachable: 'unreachable',
  tls: 'tls_error',
  timeout: 'slow',
  unavailable: 'unavailable',
  rate_limited: 'throttled',
  bad_payload: 'incompatible',
  partial: 'degraded',
  contract: 'plugin_fault',
  internal: 'plugin_fault',
  cancelled: null,
}

/** A plugin that was made for another version of LAIM is well by itself. */
const HEALTH_BY_CODE: Readonly<Record<string, SourceHealth>> = { E_SOURCE_INCOMPATIBLE: 'incompatible' }

/** The health that an error of a source means; null leaves it as it was. */
export function toHealth({ kind, code }: Pick<SourceError, 'kind' | 'code'>): SourceHealth | null {
  return HEALTH_BY_CODE[code] ?? HEALTH_BY_KIND[kind]
}
