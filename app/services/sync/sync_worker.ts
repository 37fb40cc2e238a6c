import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { runPragmas } from '#database/run_pragmas'
import { discardLeftovers } from './discard_stage.js'
import { ExecuteRun } from './execute_run.js'
import { limitHeapGrowth } from './limit_heap_growth.js'
import { type RunOptions } from './run_source.js'
import { claimRun } from './store/claim_queries.js'

const POLL_MS = 500
const PAUSE_AFTER_FAULT_MS = 5000
const IDLE_POLLS_PER_CLEARING = 60

/** Takes runs from the queue and executes them, one after the other. Any number of workers may run. */
@inject()
export class SyncWorker {
  readonly #owner = randomUUID()

  constructor(private executeRun: ExecuteRun) {}

  /**
   * Works until the signal aborts; a run under way is given back then, before this resolves. `onRun` is told the id of
   * each run that was worked on.
   */
  async work(options: RunOptions, onRun?: (id: number) => Promise<void>): Promise<void> {
    for (let idlePolls = 0; !options.signal.aborted;) {
      let pauseMs = 0
      try {
        const runId = await this.workOnce(options)
        if (runId === null) {
          idlePolls += 1
          pauseMs = POLL_MS
        } else {
          idlePolls = 0
          await onRun?.(runId)
        }
        if (idlePolls % IDLE_POLLS_PER_CLEARING === 1) {
          await discardLeftovers(db.connection())
        }
      } catch (error) {
        logger.error({ err: error }, 'the worker could not take a run; it tries again')
        pauseMs = PAUSE_AFTER_FAULT_MS
      }
      await sleep(pauseMs, undefined, { signal: options.signal }).catch(() => undefined)
    }
  }

  /** Executes the oldest waiting run, or the one given. Answers its id, null when there is none to take. */
  async workOnce(options: RunOptions, onlyId: number | null = null): Promise<number | null> {
    const run = await claimRun(db.connection(), this.#owner, onlyId)
    if (!run) {
      return null
    }
    limitHeapGrowth()
    runPragmas.set()
    await this.executeRun.handle(db.connection(), run, this.#owner, options)
    return run.id
  }
}
