import { SourceError } from '@laim/sdk'

const TICK_MS = 1000

/**
 * Watches a source that somebody waits for. It counts its own ticks and not the clock, so that a process that was
 * stopped for an hour does not blame the source for it.
 */
export class Watchdog {
  readonly #activity: () => number
  readonly #mostIdleTicks: number
  readonly #idleMs: number

  /** `activity` grows with each sign of life; without one for `idleMs` the wait ends. */
  constructor(activity: () => number, idleMs: number) {
    this.#activity = activity
    this.#idleMs = idleMs
    this.#mostIdleTicks = Math.ceil(idleMs / this.#tickMs)
  }

  /**
   * The value of the promise, when it comes before the patience ends.
   *
   * @throws SourceError `timeout`; what the promise throws; the reason of the signal as soon as it aborts
   */
  async during<T>(waitedFor: Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    const { promise: ended, reject } = Promise.withResolvers<never>()
    const abort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
    const timer = this.#watch(() => reject(this.#timeout()))
    try {
      return await Promise.race([waitedFor, ended])
    } finally {
      clearInterval(timer)
      signal.removeEventListener('abort', abort)
    }
  }

  #watch(bark: () => void): NodeJS.Timeout {
    let last = this.#activity()
    let idleTicks = 0
    return setInterval(() => {
      const now = this.#activity()
      idleTicks = now === last ? idleTicks + 1 : 0
      last = now
      if (idleTicks >= this.#mostIdleTicks) {
        bark()
      }
    }, this.#tickMs)
  }

  get #tickMs(): number {
    return Math.min(TICK_MS, this.#idleMs)
  }

  #timeout(): SourceError {
    const message = `the source showed no sign of life for ${Math.round(this.#idleMs / 1000)} s: no page, no progress, no traffic`
    return new SourceError({ kind: 'timeout', code: 'E_SOURCE_STALLED', message })
  }
}
