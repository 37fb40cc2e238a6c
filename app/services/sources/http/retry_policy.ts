import { SourceError, type Clock } from '@laim/sdk'
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import type { HttpLimits } from './limits.js'

const MOST_RETRIES = 4

/** How often a fault is worth another try. What is not listed would fail again. */
const RETRIES_BY_CODE: Readonly<Record<string, number>> = {
  E_SOURCE_DNS: 4,
  E_SOURCE_CONNECTION_REFUSED: 4,
  E_SOURCE_CONNECTION_RESET: 4,
  E_SOURCE_NO_ROUTE: 4,
  E_SOURCE_UNREACHABLE: 4,
  E_SOURCE_UNAVAILABLE: 4,
  E_SOURCE_RATE_LIMITED: 4,
  E_SOURCE_TIMEOUT: 2,
  E_SOURCE_CUT_OFF: 1,
  E_SOURCE_ENCODING: 1,
  E_SOURCE_NOT_JSON: 1,
}

export interface RetrySettings {
  readonly limits: HttpLimits
  readonly clock: Clock
  readonly signal: AbortSignal
  onRetry(error: SourceError, waitMs: number): void
}

/**
 * Tries again what may succeed: up to four times with decorrelated jitter, exactly as long as a Retry-After asks, and
 * never past the budget counted from the first try. The last error is thrown as it came.
 */
export async function withRetries<T>(settings: RetrySettings, attempt: () => Promise<T>): Promise<T> {
  const { limits, clock, signal, onRetry } = settings
  const latest = clock.now().getTime() + limits.retryBudgetMs
  let failures = 0
  let waitMs = 0
  let backoff = new ExponentialBackoff({
    initialDelay: limits.firstRetryMs,
    maxDelay: limits.longestRetryMs,
  }).next()

  const isWorthRetrying = (error: unknown) => {
    if (!limits.retries || signal.aborted || !SourceError.is(error)) {
      return false
    }
    failures += 1
    backoff = backoff.next(undefined)
    waitMs = error.retryAfterMs ?? backoff.duration
    return (
      failures <= (RETRIES_BY_CODE[error.code] ?? 0) &&
      (error.retryAfterMs ?? 0) <= limits.longestRetryAfterMs &&
      clock.now().getTime() + waitMs <= latest
    )
  }

  let failed: SourceError | null = null
  return retry(handleWhen(isWorthRetrying), { maxAttempts: MOST_RETRIES }).execute(async () => {
    if (failed) {
      onRetry(failed, waitMs)
      await clock.sleep(waitMs, signal)
    }
    try {
      return await attempt()
    } catch (error) {
      failed = SourceError.is(error) ? error : null
      throw error
    }
  })
}
