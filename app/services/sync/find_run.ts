import db from '@adonisjs/lucid/services/db'
import { RunNotFound } from '#core/reconcile/errors'
import { selectRows } from './store/sql_client.js'
import { RUN_COLUMNS, type RunRow } from './store/run_queries.js'
import { withChildren } from './list_runs.js'
import { type RunView } from './run_view.js'

/** One run with its children. */
export class FindRun {
  /** @throws RunNotFound */
  async handle(id: number): Promise<RunView> {
    const rows = await selectRows<RunRow>(
      db.connection(),
      `select ${RUN_COLUMNS} from sync_runs r left join users u on u.id = r.requested_by where r.id = ?`,
      [id]
    )
    const [run] = await withChildren(rows)
    if (!run) {
      throw new RunNotFound(id)
    }
    return run
  }
}
