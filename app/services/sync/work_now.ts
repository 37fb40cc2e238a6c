import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import { FindRun } from './find_run.js'
import { type RunView } from './run_view.js'
import { SyncWorker } from './sync_worker.js'

const WATCH_MS = 250

/** Executes a queued run in this very process, for commands. */
@inject()
export class WorkNow {
  constructor(
    private worker: SyncWorker,
    private findRun: FindRun
  ) {}

  /**
   * Answers the finished run; `watch` is told about it while it works.
   *
   * @throws RunNotFound
   */
  async handle(runId: number, signal: AbortSignal, watch: (run: RunView) => void): Promise<RunView> {
    const isOurs = await this.finishOrphan(runId, signal, watch)
    if (!isOurs) {
      await this.#follow(runId, signal)
    }
    return this.findRun.handle(runId)
  }

  /** Executes a run that nobody works on. Answers false when somebody does, or when it waits for its time. */
  async finishOrphan(runId: number, signal: AbortSignal, watch: (run: RunView) => void): Promise<boolean> {
    const excludedAddresses = app.config.get<string[]>('sync.excludedAddresses')
    const timer = setInterval(() => {
      this.findRun.handle(runId).then(watch, () => undefined)
    }, WATCH_MS)
    try {
      const worked = await this.worker.workOnce({ signal, excludedAddresses }, runId)
      return worked !== null
    } finally {
      clearInterval(timer)
    }
  }

  /** A worker beside us was quicker: wait for it, but not for a run that waits for its source. */
  async #follow(runId: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { status, resumeAt } = await this.findRun.handle(runId)
      const isOpen = (status === 'queued' && resumeAt === null) || status === 'running'
      if (signal.aborted || !isOpen) {
        return
      }
      await new Promise((resolve) => setTimeout(resolve, WATCH_MS))
    }
  }
}
