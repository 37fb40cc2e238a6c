import { inject } from '@adonisjs/core'
import { UndoFailed } from '#core/reconcile/errors'
import { type RunView } from '#services/sync/run_view'
import { WorkNow } from '#services/sync/work_now'
import { FindChangeSet } from './list_changes.js'
import { type StartedUndo } from './start_undo.js'
import { type UndoOutcome } from './undo_change_set.js'

/** Carries a queued undo out in this very process, for commands. */
@inject()
export class FinishUndo {
  constructor(
    private workNow: WorkNow,
    private findChangeSet: FindChangeSet
  ) {}

  /**
   * One outcome for each change set that was taken back; `watch` is told about the run while it works.
   *
   * @throws UndoFailed when it came to no good end
   */
  async handle(
    { runId, changeSetIds }: Extract<StartedUndo, { isQueued: true }>,
    signal: AbortSignal,
    watch: (run: RunView) => void
  ): Promise<readonly UndoOutcome[]> {
    const run = await this.workNow.handle(runId, signal, watch)
    if (run.status !== 'completed') {
      throw new UndoFailed(runId, run.errors[0] ?? `it is ${run.status}`)
    }
    const sets = await Promise.all(changeSetIds.map((id) => this.findChangeSet.handle(id)))
    return sets.map(({ id, changes, conflicts }) => ({ changeSetId: id, undone: changes, conflicts }))
  }
}
