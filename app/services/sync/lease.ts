import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { LEASE_SECONDS, releaseLease, renewLease, takeLease, type LeaseName } from './store/lease_queries.js'
import { onceItAnswers } from './store/once_it_answers.js'

const POLL_MS = 200

/**
 * What only one of all processes does at a time. One run reconciles: two that planned at once would both create the device
 * that is new to them; readings go on beside it, and who holds it proves so in each transaction (`renewRun`). One backup is
 * written.
 */
export class Lease {
  readonly #timer: NodeJS.Timeout

  private constructor(
    private db: QueryClientContract,
    private name: LeaseName,
    readonly owner: string
  ) {
    this.#timer = setInterval(() => {
      renewLease(db, name, owner).catch(() => undefined)
    }, LEASE_SECONDS * 250)
    this.#timer.unref()
  }

  /** Null when another has it. */
  static async take(db: QueryClientContract, name: LeaseName): Promise<Lease | null> {
    const owner = randomUUID()
    return (await takeLease(db, name, owner)) ? new Lease(db, name, owner) : null
  }

  /** Waits for its turn. */
  static async acquire(db: QueryClientContract, name: LeaseName, signal: AbortSignal): Promise<Lease> {
    for (;;) {
      const lease = await Lease.take(db, name)
      if (lease) {
        return lease
      }
      await sleep(POLL_MS, undefined, { signal })
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    await onceItAnswers(() => releaseLease(this.db, this.name, this.owner))
  }
}
