import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { ExecuteRun } from './execute_run.js'
import { type RunOptions } from './run_source.js'
import { claimRun, LEASE_MS, renewRun, type OwnedRun } from './store/run_queries.js'

const POLL_MS = 500

/** Takes runs from the queue and executes them, one after the other. Any number of workers may run. */
@inject()
export class SyncWorker {
  readonly #owner = randomUUID()

  constructor(private executeRun: ExecuteRun) {}

  /** Works until the signal aborts; a run under way is given back then. */
  async work(options: RunOptions): Promise<void> {
    while (!options.signal.aborted) {
      try {
        const worked = await this.workOnce(options)
        if (!worked) {
          await sleep(POLL_MS, undefined, { signal: options.signal }).catch(() => undefined)
        }
      } catch (error) {
        logger.error({ err: error }, 'the worker could not take a run; it tries again')
        await sleep(POLL_MS * 10, undefined, { signal: options.signal }).catch(() => undefined)
      }
    }
  }

  /** Executes the oldest waiting run, or the one given. Answers false when there is none to take. */
  async workOnce(options: RunOptions, onlyId: number | null = null): Promise<boolean> {
    const run = await claimRun(db.connection(), this.#owner, new Date(), onlyId)
    if (!run) {
      return false
    }
    const heartbeat = this.#keepAlive(run)
    try {
      await this.executeRun.handle(db.connection(), run, this.#owner, options)
    } finally {
      clearInterval(heartbeat)
    }
    return true
  }

  /** Says that we live while a source is slow to answer. */
  #keepAlive(run: OwnedRun): NodeJS.Timeout {
    const timer = setInterval(() => {
      renewRun(db.connection(), run).catch(() => clearInterval(timer))
    }, LEASE_MS / 4)
    return timer.unref()
  }
}
