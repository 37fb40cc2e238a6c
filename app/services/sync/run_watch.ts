import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { LEASE_SECONDS } from './store/lease_queries.js'
import { isStillOurs, renewRun, RunLost, type OwnedRun } from './store/run_queries.js'

const LOOK_MS = 1000
const LOOKS_PER_RENEWAL = LEASE_SECONDS / 4

/**
 * Keeps a run alive while its source is slow to answer, and notices within a second or so that it was cancelled or taken
 * over: then the signal aborts, with RunLost as its reason.
 */
export class RunWatch {
  readonly #db: QueryClientContract
  readonly #run: OwnedRun
  readonly #lost = new AbortController()
  readonly #timer: NodeJS.Timeout
  #looks = 0
  #pending: Promise<void> | null = null

  constructor(db: QueryClientContract, run: OwnedRun) {
    this.#db = db
    this.#run = run
    this.#timer = setInterval(() => {
      this.#pending ??= this.#look().finally(() => {
        this.#pending = null
      })
    }, LOOK_MS)
    this.#timer.unref()
  }

  get signal(): AbortSignal {
    return this.#lost.signal
  }

  get isLost(): boolean {
    return this.#lost.signal.aborted
  }

  /** Resolves when nothing of it is under way any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#pending
  }

  /** A database that does not answer says nothing: the next look will tell. */
  async #look(): Promise<void> {
    this.#looks += 1
    try {
      if (this.#looks % LOOKS_PER_RENEWAL === 0) {
        await renewRun(this.#db, this.#run)
      } else if (!(await isStillOurs(this.#db, this.#run))) {
        throw new RunLost(this.#run)
      }
    } catch (error) {
      if (error instanceof RunLost) {
        clearInterval(this.#timer)
        this.#lost.abort(error)
      }
    }
  }
}
