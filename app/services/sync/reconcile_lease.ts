import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { LEASE_SECONDS, releaseReconcileLease, renewReconcileLease, takeReconcileLease } from './store/lease_queries.js'
import { onceItAnswers } from './store/once_it_answers.js'

const POLL_MS = 200

/**
 * One run reconciles at a time: two that planned at once would both create the device that is new to them. Readings
 * go on beside it. Who holds it proves so in each transaction (`renewRun`).
 */
export class ReconcileLease {
  readonly owner: string
  readonly #db: QueryClientContract
  readonly #timer: NodeJS.Timeout

  private constructor(db: QueryClientContract, owner: string) {
    this.#db = db
    this.owner = owner
    this.#timer = setInterval(() => {
      renewReconcileLease(db, owner).catch(() => undefined)
    }, LEASE_SECONDS * 250)
    this.#timer.unref()
  }

  /** Waits for its turn. */
  static async acquire(db: QueryClientContract, signal: AbortSignal): Promise<ReconcileLease> {
    const owner = randomUUID()
    while (!(await takeReconcileLease(db, owner))) {
      await sleep(POLL_MS, undefined, { signal })
    }
    return new ReconcileLease(db, owner)
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    await onceItAnswers(() => releaseReconcileLease(this.#db, this.owner))
  }
}
