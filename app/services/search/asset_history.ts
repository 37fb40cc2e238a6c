import db from '@adonisjs/lucid/services/db'
import { fromJson, toIso } from '#database/columns'
import { countRows, type RowCount } from '#services/sync/store/count_rows'
import { selectRows } from '#services/sync/store/sql_client'

/** One entry of an asset's history, with the change set that it is of. */
export interface HistoryEntry {
  readonly id: number
  readonly changeSetId: number
  /** What made the change set: `run`, `edit`, `delete`, … */
  readonly kind: string
  /** What became of the asset: `create`, `update`, `link`, `missing`, … */
  readonly action: string
  readonly actor: string
  readonly userId: number | null
  readonly runId: number | null
  readonly at: string
  /** The touched fields, under the names that `Asset` has. */
  readonly before: Record<string, unknown>
  readonly after: Record<string, unknown>
  /** The asset's revision since this change. */
  readonly revision: number
  /** Of the entry, else of its change set. */
  readonly reason: string | null
}

type HistoryRow = Omit<HistoryEntry, 'at' | 'before' | 'after'> & {
  readonly at: Date | string
  readonly before: unknown
  readonly after: unknown
}

/** What happened to an asset, newest first. Empty when there is no such asset. */
export class AssetHistory {
  async handle(
    assetId: number,
    { limit, beforeId }: { readonly limit: number; readonly beforeId?: number }
  ): Promise<HistoryEntry[]> {
    const isOlder = beforeId === undefined ? '' : 'and c.id < ?'
    const rows = await selectRows<HistoryRow>(
      db.connection(),
      `select c.id, c.change_set_id as "changeSetId", s.kind, c.action, s.actor, s.user_id as "userId",
              s.run_id as "runId", s.created_at as "at", c.before, c.after, c.revision,
              coalesce(c.reason, s.reason) as reason
       from changes c join change_sets s on s.id = c.change_set_id
       where c.asset_id = ? ${isOlder} order by c.id desc limit ?`,
      beforeId === undefined ? [assetId, limit] : [assetId, beforeId, limit]
    )
    return rows.map((row) => ({
      ...row,
      at: toIso(row.at)!,
      before: fromJson(row.before),
      after: fromJson(row.after),
    }))
  }

  count(assetId: number): Promise<RowCount> {
    return countRows('changes where asset_id = ?', [assetId])
  }
}
