import pThrottle from 'p-throttle'

/** The window is a little longer than a second, so that jitter on the way cannot squeeze one request too many in. */
const WINDOW_MS = 1050

/** Waits for one's turn; rejects with the signal's reason when it aborts first. */
export type Pace = (signal: AbortSignal) => Promise<void>

/** Lets at most so many pass in any second. One pace per source, shared by all that ask it. */
export function createPace(requestsPerSecond: number): Pace {
  const takeTurn = pThrottle({ limit: requestsPerSecond, interval: WINDOW_MS, strict: true })(() => {})

  return async (signal) => {
    signal.throwIfAborted()
    const aborted = Promise.withResolvers<never>()
    const abort = () => aborted.reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    try {
      await Promise.race([takeTurn(), aborted.promise])
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}
