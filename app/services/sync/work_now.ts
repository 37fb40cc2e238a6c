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
    const excludedAddresses = app.config.get<string[]>('sync.excludedAddresses')
    const timer = setInterval(() => {
      this.findRun.handle(runId).then(watch, () => undefined)
    }, WATCH_MS)
    try {
      const isOurs = await this.worker.workOnce({ signal, excludedAddresses }, runId)
      if (!isOurs) {
        await this.#follow(runId, signal)
      }
    } finally {
      clearInterval(timer)
    }
    return this.findRun.handle(runId)
  }

  /** A worker beside us was quicker: wait for it. */
  async #follow(runId: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { status } = await this.findRun.handle(runId)
      if (signal.aborted || (status !== 'queued' && status !== 'running')) {
        return
      }
      await new Promise((resolve) => setTimeout(resolve, WATCH_MS))
    }
  }
}
