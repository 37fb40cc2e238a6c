import { inject } from '@adonisjs/core'
import { type Logger } from '@adonisjs/core/logger'
import logger from '@adonisjs/core/services/logger'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { SourceError } from '@laim/sdk'
import { DateTime } from 'luxon'
import { toHealth } from '#services/sources/source_health'
import { RunSource, type RunOptions } from './run_source.js'
import { claimChildren, closeRun, releaseRun, renewRun, RunLost, type OwnedRun } from './store/run_queries.js'
import { saveSourceState } from './store/source_queries.js'
import { discardStage } from './store/stage_queries.js'

/** A run that a worker had to take up more often than this is beyond help. */
const MOST_ATTEMPTS = 3

/** Executes a run that this process owns: one source, or all of them in the order of their rank. */
@inject()
export class ExecuteRun {
  readonly #logger: Logger = logger

  constructor(private runSource: RunSource) {}

  /** Never throws for what a source does: the run's row says it. Returns early when the signal aborts. */
  async handle(db: QueryClientContract, run: OwnedRun, owner: string, options: RunOptions): Promise<void> {
    if (run.sourceId !== null) {
      await this.#executeOne(db, run, options)
      return
    }
    const children = await claimChildren(db, run.id, owner, new Date())
    for (const child of children) {
      await renewRun(db, run)
      await this.#executeOne(db, child, options)
      if (options.signal.aborted) {
        await releaseRun(db, run, DateTime.utc().toISO())
        return
      }
    }
    const failed = await db.from('sync_runs').where({ parent_id: run.id, status: 'failed' })
    const status = failed.length > 0 ? 'failed' : 'completed'
    await closeRun(db, run, { status, errors: [] }, DateTime.utc().toISO())
  }

  async #executeOne(db: QueryClientContract, run: OwnedRun, options: RunOptions): Promise<void> {
    try {
      if (run.attempt > MOST_ATTEMPTS) {
        throw new SourceError({
          kind: 'internal',
          code: 'E_RUN_KEEPS_DYING',
          message: `its worker died ${run.attempt - 1} times; look into the worker's log`,
        })
      }
      await this.runSource.handle(db, run, options)
    } catch (error) {
      await this.#fail(db, run, error, options.signal)
    }
  }

  async #fail(db: QueryClientContract, run: OwnedRun, error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof RunLost) {
      this.#logger.warn({ run_id: run.id }, 'the run was cancelled or taken over')
      return
    }
    const now = DateTime.utc().toISO()
    if (signal.aborted) {
      await releaseRun(db, run, now)
      return
    }
    const fault = SourceError.is(error) ? error : null
    const sentence = fault?.message ?? 'The run failed by a fault of LAIM; its log has the details'
    this.#logger.error(
      { run_id: run.id, source: run.source, reason: sentence, ...traceOf(fault ?? error) },
      'sync failed'
    )
    await discardStage(db, run.id)
    await closeRun(db, run, { status: 'failed', errors: [sentence] }, now)
    const health = fault ? (toHealth(fault.kind) ?? 'unknown') : 'plugin_fault'
    const state = { runId: run.id, health, message: sentence, baseline: null, isComplete: false }
    await saveSourceState(db, run.sourceId!, state, now)
  }
}

/** Where a fault of our own came from. A database's message repeats the statement with its values: it is cut. */
function traceOf(error: unknown): { cause?: string; stack?: string } {
  if (SourceError.is(error) || !(error instanceof Error)) {
    return {}
  }
  const lines = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) ?? []
  return { cause: error.message.slice(-200), stack: lines.join('\n') }
}
