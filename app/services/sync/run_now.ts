import { inject } from '@adonisjs/core'
import { RunActive } from '#core/reconcile/errors'
import { type RunView } from './run_view.js'
import { TriggerSync } from './trigger_sync.js'
import { WorkNow } from './work_now.js'
import { COMMAND_LINE } from '#core/access/user_edit'

/** Queues a run and executes it in this very process, for commands. */
@inject()
export class RunNow {
  constructor(
    private triggerSync: TriggerSync,
    private workNow: WorkNow
  ) {}

  /**
   * Answers the finished run; `watch` is told about it while it works. A run in the mode `plan` ends as a plan. A run
   * that a worker left behind is brought to its end first.
   *
   * @throws UnknownSource, SourceNotConfigured, RunActive
   */
  async handle(
    source: string,
    signal: AbortSignal,
    watch: (run: RunView) => void,
    mode: 'apply' | 'plan' = 'apply'
  ): Promise<RunView> {
    const queue = () => this.triggerSync.handle({ source, trigger: 'command', mode, actor: COMMAND_LINE })
    const { runId } = await queue().catch(async (error: unknown) => {
      const isOrphan = error instanceof RunActive && (await this.workNow.finishOrphan(error.runId, signal, watch))
      if (!isOrphan) {
        throw error
      }
      return queue()
    })
    return this.workNow.handle(runId, signal, watch)
  }
}
