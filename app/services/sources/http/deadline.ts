/** Thrown into a request whose time is up. */
export class DeadlineExceeded extends Error {
  readonly limitMs: number

  constructor(limitMs: number) {
    super(`not finished within ${limitMs} ms`)
    this.limitMs = limitMs
  }
}

/**
 * Allows a number of milliseconds of waiting for the peer, in as many pieces as it takes; the time in between,
 * when the reader is busy, is free. Also aborts when the outer signal does.
 */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #limitMs: number
  readonly signal: AbortSignal
  #leftMs: number

  constructor(limitMs: number, outer: AbortSignal) {
    this.#limitMs = limitMs
    this.#leftMs = limitMs
    this.signal = AbortSignal.any([outer, this.#controller.signal])
  }

  /** Waits for the promise while the time runs. What it waits for must listen to the signal. */
  async during<T>(promise: PromiseLike<T>): Promise<T> {
    const begun = performance.now()
    const timer = setTimeout(
      () => {
        this.#controller.abort(new DeadlineExceeded(this.#limitMs))
      },
      Math.max(0, this.#leftMs)
    )
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#leftMs -= performance.now() - begun
    }
  }
}
