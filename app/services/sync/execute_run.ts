import { inject } from '@adonisjs/core'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { SourceError } from '@laim/sdk'
import { DateTime } from 'luxon'
import { undoInParts } from '#services/inventory/undo_in_parts'
import { discardLeftovers } from './discard_stage.js'
import { endRun } from './end_run.js'
import { RunSource, type RunOptions } from './run_source.js'
import { RunWatch } from './run_watch.js'
import { claimChild } from './store/claim_queries.js'
import { closeRun, loadChildStates, pauseRun, renewRun, type ChildState, type OwnedRun } from './store/run_queries.js'

/** A run that lost this many workers without getting on is beyond help. */
const MOST_DEATHS = 3

/** Executes a run that this process owns: one source, all of them in the order of their rank, or the undo of large change sets. */
@inject()
export class ExecuteRun {
  constructor(private runSource: RunSource) {}

  /**
   * Never throws for what a source does: the run's row says it. Returns early when the signal aborts, and when the run
   * is lost.
   */
  async handle(db: QueryClientContract, run: OwnedRun, owner: string, options: RunOptions): Promise<void> {
    const watch = new RunWatch(db, run)
    const signal = AbortSignal.any([options.signal, watch.signal])
    try {
      await (run.sourceId === null && run.mode !== 'undo'
        ? this.#executeAll(db, run, owner, { ...options, signal })
        : this.#executeOne(db, run, { ...options, signal }))
    } catch (error) {
      await endRun(db, run, error, signal)
    } finally {
      await watch.stop()
    }
    await discardLeftovers(db)
  }

  async #executeAll(db: QueryClientContract, run: OwnedRun, owner: string, options: RunOptions): Promise<void> {
    for (;;) {
      options.signal.throwIfAborted()
      await renewRun(db, run)
      const child = await claimChild(db, run.id, owner)
      if (!child) {
        break
      }
      await this.handle(db, child, owner, options)
    }
    await endAll(db, run, await loadChildStates(db, run.id))
  }

  async #executeOne(db: QueryClientContract, run: OwnedRun, options: RunOptions): Promise<void> {
    if (run.deaths >= MOST_DEATHS) {
      throw new SourceError({
        kind: 'internal',
        code: 'E_RUN_KEEPS_DYING',
        message: `its worker died ${run.deaths} times at the same place; look into the worker's log`,
      })
    }
    await (run.mode === 'undo'
      ? undoInParts(db, run, { signal: options.signal, size: options.undoPart })
      : this.runSource.handle(db, run, options))
  }
}

/** Ends a run of all sources, or lets it wait with those of its children that wait. */
async function endAll(db: QueryClientContract, run: OwnedRun, children: readonly ChildState[]): Promise<void> {
  const [resumeAt] = children.flatMap((child) => child.resumeAt ?? []).sort()
  if (resumeAt !== undefined) {
    await pauseRun(db, run, { resumeAt, errors: [] })
    return
  }
  const isFailed = children.some(({ status }) => status === 'failed')
  const isCancelled = children.every(({ status }) => status === 'cancelled')
  const status = isFailed ? 'failed' : isCancelled ? 'cancelled' : 'completed'
  await closeRun(db, run, { status, errors: [] }, DateTime.utc().toISO())
}
