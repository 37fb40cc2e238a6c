import type { JsonObject } from './json.ts'

/** What went wrong, in the terms that decide what core does about it. */
export type SourceErrorKind =
  | 'config'
  | 'auth'
  | 'permission'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'unavailable'
  | 'rate_limited'
  | 'bad_payload'
  | 'partial'
  | 'contract'
  | 'cancelled'
  | 'internal'

export interface SourceErrorData {
  readonly kind: SourceErrorKind
  /** Stable machine code, `E_SOURCE_TOKEN_EXPIRED`. */
  readonly code: string
  /** One sentence for an administrator; never contains a secret or a body. */
  readonly message: string
  /** Milliseconds the source asked to wait. */
  readonly retryAfterMs?: number
  readonly detail?: JsonObject
}

const SOURCE_ERROR = Symbol.for('laim.source-error')

/** The one error a plugin throws, and the one the HTTP client throws at it. */
export class SourceError extends Error implements SourceErrorData {
  readonly [SOURCE_ERROR] = true
  readonly kind: SourceErrorKind
  readonly code: string
  readonly retryAfterMs?: number
  readonly detail?: JsonObject

  constructor(data: SourceErrorData, options?: ErrorOptions) {
    super(data.message, options)
    this.name = 'SourceError'
    this.kind = data.kind
    this.code = data.code
    if (data.retryAfterMs !== undefined) this.retryAfterMs = data.retryAfterMs
    if (data.detail !== undefined) this.detail = data.detail
  }

  /** Brand check, not instanceof: two copies of this package may be installed. */
  static is(error: unknown): error is SourceError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[SOURCE_ERROR] === true
  }

  /** The plain data of the error, for reports: an Error's message is lost in JSON. */
  toJSON(): SourceErrorData {
    return {
      kind: this.kind,
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.detail === undefined ? {} : { detail: this.detail }),
    }
  }
}
