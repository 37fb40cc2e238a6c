import db from '@adonisjs/lucid/services/db'
import { inject } from '@adonisjs/core'
import { type Actor } from '#core/assets/asset'
import { RunNotFound } from '#core/reconcile/errors'
import { selectRows } from '#services/sync/store/sql_client'
import { UndoChangeSet, type UndoOutcome } from './undo_change_set.js'

/** Takes back what a run wrote; of a run of all sources, what each of its parts wrote, the last one first. */
@inject()
export class UndoRun {
  constructor(private undoChangeSet: UndoChangeSet) {}

  /**
   * One outcome for each change set of the run; none when it wrote nothing.
   *
   * @throws RunNotFound
   */
  async handle(runId: number, actor: Actor, options: { dryRun?: boolean } = {}): Promise<readonly UndoOutcome[]> {
    const ids = await this.changeSetsOf(runId)
    return this.undoChangeSet.all(ids, actor, options)
  }

  /** The change sets that a run and its parts made, newest first. @throws RunNotFound */
  async changeSetsOf(runId: number): Promise<number[]> {
    const [run] = await selectRows(db.connection(), 'select id from sync_runs where id = ?', [runId])
    if (!run) {
      throw new RunNotFound(runId)
    }
    const rows = await selectRows<{ id: number }>(
      db.connection(),
      `select s.id from change_sets s join sync_runs r on r.id = s.run_id
       where r.id = ? or r.parent_id = ? order by s.id desc`,
      [runId, runId]
    )
    return rows.map(({ id }) => id)
  }
}
