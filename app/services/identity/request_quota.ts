import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { TooManyRequests } from '#core/access/errors'
import { shortTransaction } from '#services/sync/store/write_clock'
import { inPassing } from './in_passing.js'
import { count } from './rate_counters.js'

const WINDOW_MS = 60_000

/** Steps in which a process tells the others how much of a quota it used. */
const STEPS = 20

/** What is left of a quota in the window under way. */
export interface Allowance {
  readonly limit: number
  readonly remaining: number
  readonly resetSeconds: number
}

interface Window {
  readonly endsAt: Date
  /** Requests of all processes, as far as this one knows. */
  used: number
  /** Requests that the others do not know of yet. */
  untold: number
}

/**
 * Requests per minute that each token may send. Each process counts for itself and adds its count to the shared one in
 * steps of a twentieth of the quota: light use writes nothing, and all processes together let pass at most one step
 * each too much.
 */
export class RequestQuota {
  #windows = new Map<string, Window>()

  constructor(private limit: number) {}

  /** Null: there is no limit. @throws TooManyRequests */
  async spend(tokenId: string, now: Date = new Date()): Promise<Allowance | null> {
    if (this.limit === 0) {
      return null
    }
    const window = this.#windowOf(tokenId, now)
    const resetSeconds = Math.max(1, Math.ceil((window.endsAt.getTime() - now.getTime()) / 1000))
    if (window.used < this.limit) {
      window.used += 1
      window.untold += 1
      if (window.untold * STEPS >= this.limit) {
        await inPassing(this.#tell(tokenId, window, now))
      }
      if (window.used <= this.limit) {
        return { limit: this.limit, remaining: this.limit - window.used, resetSeconds }
      }
    }
    throw new TooManyRequests(this.limit, resetSeconds)
  }

  /** Windows begin at the same moment in every process. */
  #windowOf(tokenId: string, now: Date): Window {
    const endsAt = new Date((Math.floor(now.getTime() / WINDOW_MS) + 1) * WINDOW_MS)
    const known = this.#windows.get(tokenId)
    if (known?.endsAt.getTime() === endsAt.getTime()) {
      return known
    }
    for (const [id, { endsAt: end }] of this.#windows) {
      if (end <= now) {
        this.#windows.delete(id)
      }
    }
    const fresh = { endsAt, used: 0, untold: 0 }
    this.#windows.set(tokenId, fresh)
    return fresh
  }

  async #tell(tokenId: string, window: Window, now: Date): Promise<void> {
    const untold = window.untold
    window.untold = 0
    try {
      const shared = await shortTransaction(db.connection(), (trx) =>
        count(trx, `token ${tokenId}`, untold, now, window.endsAt)
      )
      window.used = shared.count + window.untold
    } catch (error) {
      window.untold += untold
      logger.warn({ err: error, tokenId }, 'use of a quota not told')
    }
  }
}
