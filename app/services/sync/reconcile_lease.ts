import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { execute } from './store/sql_client.js'
import { LEASE_MS, renewRun, type OwnedRun } from './store/run_queries.js'

const POLL_MS = 200

/**
 * One run reconciles at a time: two that planned at once would both create the device that is new to them. Readings
 * go on beside it.
 */
export class ReconcileLease {
  readonly #db: QueryClientContract
  readonly #owner: string
  #timer: NodeJS.Timeout

  private constructor(db: QueryClientContract, owner: string) {
    this.#db = db
    this.#owner = owner
    this.#timer = setInterval(() => void this.#renew(), LEASE_MS / 4)
    this.#timer.unref()
  }

  /** Waits for its turn; the run stays alive meanwhile. */
  static async acquire(db: QueryClientContract, run: OwnedRun, signal: AbortSignal): Promise<ReconcileLease> {
    const owner = randomUUID()
    for (let waited = 0; ; waited += POLL_MS) {
      const taken = await execute(
        db,
        `update leases set owner = ?, fence = fence + 1, expires_at = ?
         where name = 'reconcile' and (owner is null or expires_at < ?)`,
        [owner, expiry(), new Date().toISOString()]
      )
      if (taken === 1) {
        return new ReconcileLease(db, owner)
      }
      if (waited % (LEASE_MS / 4) < POLL_MS) {
        await renewRun(db, run)
      }
      await sleep(POLL_MS, undefined, { signal })
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    await execute(
      this.#db,
      `update leases set owner = null, expires_at = null where name = 'reconcile' and owner = ?`,
      [this.#owner]
    )
  }

  async #renew(): Promise<void> {
    await execute(this.#db, `update leases set expires_at = ? where name = 'reconcile' and owner = ?`, [
      expiry(),
      this.#owner,
    ]).catch(() => undefined)
  }
}

function expiry(): string {
  return new Date(Date.now() + LEASE_MS).toISOString()
}
