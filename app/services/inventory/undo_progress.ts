import { fromJson } from '#database/columns'
import { bulkSql, insertRows } from '#services/sync/store/bulk_sql'
import { PLAN_ROW_COLUMNS } from '#services/sync/store/plan_queries'
import { type OwnedRun, renewRun } from '#services/sync/store/run_queries'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type UndoConflict } from './undo_entries.js'

/** One of the change sets that a run takes back. */
export interface UndoneSet {
  /** The change set of the undo. */
  readonly id: number
  readonly undoesId: number
  readonly userId: number | null
  readonly actor: string
}

/** How far a run is that takes change sets back: what the next worker needs when this one dies. */
export interface UndoProgress {
  /** The change set of the undo that is being written; null before the first. */
  readonly setId: number | null
  /** Entries from this one on are taken back; null: what hangs together is not yet. */
  readonly beforeId: number | null
  /** Items that were dealt with together. */
  readonly apart: readonly number[]
  /** Entries taken back, items changed, and items of which something stayed. */
  readonly done: number
  readonly undone: number
  readonly kept: number
}

/** The change sets of the undo, in the order in which they are written. */
export async function loadUndoneSets(client: SqlClient, runId: number): Promise<UndoneSet[]> {
  return selectRows<UndoneSet>(
    client,
    `select id, undoes_id as "undoesId", user_id as "userId", actor from change_sets
     where run_id = ? and kind = 'undo' order by id`,
    [runId]
  )
}

export async function loadUndoProgress(client: SqlClient, run: OwnedRun): Promise<UndoProgress> {
  const [row] = await selectRows<{ checkpoint: unknown }>(client, 'select checkpoint from sync_runs where id = ?', [
    run.id,
  ])
  const stored = fromJson<UndoProgress | null>(row?.checkpoint ?? null)
  return stored ?? { setId: null, beforeId: null, apart: [], done: 0, undone: 0, kept: 0 }
}

/** Proves the run, and stores how far it is. @throws RunLost */
export async function saveUndoProgress(trx: SqlClient, run: OwnedRun, progress: UndoProgress): Promise<void> {
  await renewRun(trx, run, {
    checkpoint: JSON.stringify(progress),
    progress_done: progress.done,
    updated: progress.undone,
    skipped: progress.kept,
    deaths: 0,
  })
}

const KEPT = 'kept'

/** Remembers what stayed, as rows of the run. */
export async function saveKept(
  trx: SqlClient,
  run: OwnedRun,
  setId: number,
  given: { readonly afterSeq: number; readonly conflicts: readonly UndoConflict[] }
): Promise<void> {
  await insertRows(
    trx,
    'plan_rows',
    { ...PLAN_ROW_COLUMNS, outcome: 'text' },
    given.conflicts.map(({ assetId, fields, reason }, index) => ({
      run_id: run.id,
      seq: given.afterSeq + index + 1,
      plan_key: String(setId),
      asset_id: assetId,
      action: 'undo',
      base_revision: 0,
      before: {},
      after: { fields },
      reason,
      outcome: KEPT,
    }))
  )
}

/** What stayed when a run took change sets back; of one of its change sets, or of all. */
export async function loadKept(client: SqlClient, runId: number, setId: number | null): Promise<UndoConflict[]> {
  const rows = await selectRows<{ asset_id: number; after: unknown; reason: string }>(
    client,
    `select asset_id, after, reason from plan_rows
     where run_id = ? and outcome = '${KEPT}' ${setId === null ? '' : 'and plan_key = ?'} order by seq`,
    setId === null ? [runId] : [runId, String(setId)]
  )
  return rows.map((row) => ({
    assetId: row.asset_id,
    fields: fromJson<{ fields: string[] }>(row.after).fields,
    reason: row.reason,
  }))
}

/** The assets of the next entries of a change set, youngest first, and the oldest of these entries. */
export async function nextEntries(
  client: SqlClient,
  changeSetId: number,
  page: { readonly beforeId: number; readonly limit: number }
): Promise<{ assetIds: number[]; count: number; oldestId: number }> {
  const rows = await selectRows<{ id: number; asset_id: number }>(
    client,
    'select id, asset_id from changes where change_set_id = ? and id < ? order by id desc limit ?',
    [changeSetId, page.beforeId, page.limit]
  )
  const assetIds = [...new Set(rows.map((row) => row.asset_id))]
  return { assetIds, count: rows.length, oldestId: rows.at(-1)?.id ?? 0 }
}

/** Takes an id for a run. */
export async function allocateRunId(trx: SqlClient): Promise<number> {
  const [id] = await bulkSql(trx).allocateIds(trx, 'sync_runs', 1)
  return id!
}
