import db from '@adonisjs/lucid/services/db'
import { countRows, type RowCount } from './store/count_rows.js'
import { selectRows } from './store/sql_client.js'
import { RUN_COLUMNS, type RunRow } from './store/run_queries.js'
import { toRunView, type RunView } from './run_view.js'

export interface RunPage {
  readonly limit: number
  /** Only runs before this one. */
  readonly beforeId?: number
}

/** Runs, newest first. A run of all sources is one of them; its children are inside it. */
export class ListRuns {
  async handle({ limit, beforeId }: RunPage): Promise<RunView[]> {
    const rows = await selectRows<RunRow>(
      db.connection(),
      `select ${RUN_COLUMNS} from sync_runs r left join users u on u.id = r.requested_by
       where r.parent_id is null and r.id < ? order by r.id desc limit ?`,
      [beforeId ?? 2_147_483_647, limit]
    )
    return withChildren(rows)
  }

  count(): Promise<RowCount> {
    return countRows('sync_runs where parent_id is null')
  }
}

/** Completes runs with their children, in one statement for all. */
export async function withChildren(rows: readonly RunRow[]): Promise<RunView[]> {
  const parents = rows.filter((row) => row.source === 'all').map((row) => row.id)
  const children =
    parents.length === 0
      ? []
      : await selectRows<RunRow>(
          db.connection(),
          `select ${RUN_COLUMNS} from sync_runs r left join users u on u.id = r.requested_by
           where r.parent_id in (${parents.map(() => '?').join(', ')}) order by r.id`,
          parents
        )
  const byParent = Map.groupBy(children, (child) => child.parent_id!)
  return rows.map((row) => toRunView(row, byParent.get(row.id) ?? []))
}
