import db from '@adonisjs/lucid/services/db'
import { fromJson, toIso } from '#database/columns'
import { ChangeSetNotFound } from '#core/reconcile/errors'
import { countRows, type RowCount } from '#services/sync/store/count_rows'
import { selectRows } from '#services/sync/store/sql_client'
import { type UndoConflict } from './undo_entries.js'
import { loadKept } from './undo_progress.js'

/** One entry of the feed: what one change set did to one asset. */
export interface FeedEntry {
  readonly id: number
  readonly changeSetId: number
  readonly assetId: number
  readonly kind: string
  readonly action: string
  readonly actor: string
  readonly userId: number | null
  readonly runId: number | null
  readonly undoesId: number | null
  readonly at: string
  readonly before: Record<string, unknown>
  readonly after: Record<string, unknown>
  readonly revision: number
  readonly reason: string | null
}

export interface ChangesWanted {
  readonly afterId?: number
  readonly throughId?: number
  readonly limit: number
}

/**
 * Changes in the order in which they were committed, oldest first. Writers take the write clock first, so an entry
 * never appears behind one that was read already.
 */
export class ListChanges {
  async handle({ afterId = 0, throughId = 2_147_483_647, limit }: ChangesWanted): Promise<FeedEntry[]> {
    const rows = await selectRows<Record<string, unknown>>(
      db.connection(),
      `select c.id, c.change_set_id, c.asset_id, c.action, c.before, c.after, c.revision, c.reason,
              s.kind, s.actor, s.user_id, s.run_id, s.undoes_id, s.created_at
       from changes c join change_sets s on s.id = c.change_set_id
       where c.id > ? and c.id <= ? order by c.id limit ?`,
      [afterId, throughId, limit]
    )
    return rows.map(toEntry)
  }

  /** How long the feed is. */
  count(): Promise<RowCount> {
    return countRows('changes')
  }
}

/** The head of a change set and how many assets it touched. */
export interface ChangeSetView {
  readonly id: number
  readonly kind: string
  readonly actor: string
  readonly runId: number | null
  readonly undoesId: number | null
  readonly undoneById: number | null
  readonly at: string
  readonly changes: number
  /** How far it is written; an approved plan and the undo of a large change set have their change set before they begin. */
  readonly status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled'
  /** Entries of the undone change set, while a worker takes it back. */
  readonly progress: { readonly done: number; readonly total: number } | null
  /** What an undo by a worker left, because somebody changed it since. */
  readonly conflicts: readonly UndoConflict[]
}

const IS_DONE = (set: string) =>
  `(${set}.run_id is null or exists (select 1 from sync_runs d where d.id = ${set}.run_id and d.status = 'completed'))`

/** The change set that took `s` back to the end, unless it was taken back itself. */
export const UNDONE_BY = `(select max(u.id) from change_sets u where u.undoes_id = s.id and ${IS_DONE('u')}
  and not exists (select 1 from change_sets v where v.undoes_id = u.id and ${IS_DONE('v')}))`

const STATUSES = ['queued', 'running', 'failed', 'cancelled'] as const

export class FindChangeSet {
  /** @throws ChangeSetNotFound */
  async handle(id: number): Promise<ChangeSetView> {
    const [row] = await selectRows<Record<string, unknown>>(
      db.connection(),
      `select s.id, s.kind, s.actor, s.run_id, s.undoes_id, s.created_at,
              ${UNDONE_BY} as undone_by_id,
              (select cast(count(*) as integer) from changes c where c.change_set_id = s.id) as changes,
              r.mode, r.status, r.progress_done, r.progress_total
       from change_sets s left join sync_runs r on r.id = s.run_id where s.id = ?`,
      [id]
    )
    if (!row) {
      throw new ChangeSetNotFound(id)
    }
    const isUndo = row.mode === 'undo'
    return {
      id: Number(row.id),
      kind: String(row.kind),
      actor: String(row.actor),
      runId: row.run_id as number | null,
      undoesId: row.undoes_id as number | null,
      undoneById: row.undone_by_id as number | null,
      at: toIso(row.created_at)!,
      changes: Number(row.changes),
      status: STATUSES.find((status) => status === row.status) ?? 'completed',
      progress: isUndo ? { done: Number(row.progress_done), total: Number(row.progress_total) } : null,
      conflicts: isUndo ? await loadKept(db.connection(), Number(row.run_id), id) : [],
    }
  }
}

function toEntry(row: Record<string, unknown>): FeedEntry {
  return {
    id: Number(row.id),
    changeSetId: Number(row.change_set_id),
    assetId: Number(row.asset_id),
    kind: String(row.kind),
    action: String(row.action),
    actor: String(row.actor),
    userId: row.user_id as number | null,
    runId: row.run_id as number | null,
    undoesId: row.undoes_id as number | null,
    at: toIso(row.created_at)!,
    before: fromJson(row.before),
    after: fromJson(row.after),
    revision: Number(row.revision),
    reason: row.reason as string | null,
  }
}
