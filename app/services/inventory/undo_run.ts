import db from '@adonisjs/lucid/services/db'
import { inject } from '@adonisjs/core'
import { type Actor } from '#core/assets/asset'
import { RunNotFound } from '#core/reconcile/errors'
import { selectRows } from '#services/sync/store/sql_client'
import { UNDONE_BY } from './list_changes.js'
import { StartUndo, type StartedUndo } from './start_undo.js'

/** A change set of a run. `undoneById` is null until it is taken back, and again when that was taken back. */
interface RunChangeSet {
  readonly id: number
  readonly undoneById: number | null
  readonly changes: number
}

/** Takes back what a run wrote; of a run of all sources, what each of its parts wrote, the last one first. */
@inject()
export class UndoRun {
  constructor(private startUndo: StartUndo) {}

  /**
   * Done at once with one outcome for each change set of the run, none when it wrote nothing; or left to a worker.
   *
   * @throws RunNotFound, ChangeSetUnfinished
   */
  async handle(runId: number, actor: Actor, options: { dryRun?: boolean } = {}): Promise<StartedUndo> {
    const sets = await this.changeSetsOf(runId)
    return this.startUndo.handle(
      sets.map(({ id }) => id),
      actor,
      options
    )
  }

  /** What a run and its parts wrote, newest first. @throws RunNotFound */
  async changeSetsOf(runId: number): Promise<RunChangeSet[]> {
    const [run] = await selectRows(db.connection(), 'select id from sync_runs where id = ?', [runId])
    if (!run) {
      throw new RunNotFound(runId)
    }
    return selectRows<RunChangeSet>(
      db.connection(),
      `select s.id, ${UNDONE_BY} as "undoneById",
              (select cast(count(*) as integer) from changes c where c.change_set_id = s.id) as changes
       from change_sets s join sync_runs r on r.id = s.run_id
       where r.id = ? or r.parent_id = ? order by s.id desc`,
      [runId, runId]
    )
  }
}
