/** How one source may be asked. Times are milliseconds, sizes decoded bytes. */
export interface HttpLimits {
  readonly requestsPerSecond: number
  /** Deadline of one try, body included; time the reader spends elsewhere does not count. */
  readonly tryMs: number
  readonly connectMs: number
  /** Longest wait for the status line. */
  readonly headersMs: number
  /** Longest silence inside a body. */
  readonly idleMs: number
  /** Largest body that is held in memory (`json`, `text`). */
  readonly maxBufferedBytes: number
  /** Largest body that is streamed (`items`). */
  readonly maxStreamedBytes: number
  /** Largest stretch of a streamed body between two elements. */
  readonly maxElementBytes: number
  /** No try begins later than this after the first one. */
  readonly retryBudgetMs: number
  /** First and longest wait before a retry; in between it grows with jitter. */
  readonly firstRetryMs: number
  readonly longestRetryMs: number
  /** A Retry-After up to this is waited for; a longer one ends the request as `rate_limited`. */
  readonly longestRetryAfterMs: number
  /** False for questions that a person waits for: they fail at the first fault. */
  readonly retries: boolean
}

const MEBIBYTE = 1024 * 1024

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  requestsPerSecond: 10,
  tryMs: 120_000,
  connectMs: 10_000,
  headersMs: 100_000,
  idleMs: 30_000,
  maxBufferedBytes: 64 * MEBIBYTE,
  maxStreamedBytes: 256 * MEBIBYTE,
  maxElementBytes: 8 * MEBIBYTE,
  retryBudgetMs: 120_000,
  firstRetryMs: 500,
  longestRetryMs: 30_000,
  longestRetryAfterMs: 60_000,
  retries: true,
}
