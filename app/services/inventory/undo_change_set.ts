import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { fromJson, toIso } from '#database/columns'
import { type Actor } from '#core/assets/asset'
import { ChangeSetNotFound } from '#core/reconcile/errors'
import { type Pin } from '#core/reconcile/types'
import { composeEntries, exchangingSerials } from '#core/reconcile/undo'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { writeOrPreview } from './dry_run.js'
import { putDownIdentifiers, undoEffects, type UndoneEffects } from './undo_effects.js'
import { serialsFirst, undoEntries, type UndoConflict } from './undo_entries.js'
import { type EntryOfAsset } from './undo_entry.js'
import { Undoing } from './undoing.js'
import { loadEffects } from './change_set.js'

export interface UndoOutcome {
  /** Null in a dry run, and when there was nothing to take back. */
  readonly changeSetId: number | null
  /** Items that were changed by it. */
  readonly undone: number
  readonly conflicts: readonly UndoConflict[]
}

/**
 * Takes a change set back by a new one: a run, an edit, a deletion, a merge, a decided review, another undo. What people changed since stays and is
 * listed. What the rules would decide otherwise is pinned until a source changes its mind, so that the next identical
 * sync does not bring the undone values back.
 */
export class UndoChangeSet {
  /** @throws ChangeSetNotFound */
  async handle(id: number, actor: Actor, options: { dryRun?: boolean } = {}): Promise<UndoOutcome> {
    const [outcome] = await this.all([id], actor, options)
    return outcome!
  }

  /** Takes several back in this order, all or none. @throws ChangeSetNotFound */
  async all(ids: readonly number[], actor: Actor, options: { dryRun?: boolean } = {}): Promise<readonly UndoOutcome[]> {
    const isDryRun = options.dryRun === true
    return writeOrPreview(isDryRun, async (trx, now) => {
      const outcomes: UndoOutcome[] = []
      for (const id of ids) {
        const outcome = await undo(trx, id, actor, now)
        outcomes.push(isDryRun ? { ...outcome, changeSetId: null } : outcome)
      }
      return outcomes
    })
  }
}

interface EntryRow {
  asset_id: number
  action: string
  before: unknown
  after: unknown
  detail: unknown
  created_at: unknown
}

async function undo(trx: TransactionClientContract, id: number, actor: Actor, now: string): Promise<UndoOutcome> {
  const [set] = await selectRows<{ id: number }>(trx, 'select id from change_sets where id = ?', [id])
  if (!set) {
    throw new ChangeSetNotFound(id)
  }
  const entries = await loadEntries(trx, id)
  const effects = await loadEffects(trx, id)
  const undoing = new Undoing(trx, id, actor, now)
  const involved: UndoneEffects = effects.length > 0 ? await undoEffects(undoing, id, effects, entries) : NOBODY
  const blocked = new Set(involved.conflicts.map(({ assetId }) => assetId))
  const exchanging = exchangingSerials(entries)
  await putDownIdentifiers(trx, exchanging)
  const moved = [...new Set([...involved.assetIds, ...exchanging])]
  const ordered = moved.length > 0 ? await serialsFirst(trx, entries) : entries
  const { conflicts, undone } = await undoEntries(
    undoing,
    ordered.filter(({ assetId }) => !blocked.has(assetId))
  )
  await undoing.finish(moved)
  return { changeSetId: undoing.changeSetId, undone, conflicts: [...involved.conflicts, ...conflicts] }
}

const NOBODY: UndoneEffects = { conflicts: [], assetIds: [] }

async function loadEntries(client: SqlClient, id: number): Promise<EntryOfAsset[]> {
  const rows = await selectRows<EntryRow>(
    client,
    `select c.asset_id, c.action, c.before, c.after, c.detail, s.created_at
     from changes c join change_sets s on s.id = c.change_set_id where s.id = ? order by c.id desc`,
    [id]
  )
  const entries = rows.map((row) => ({
    assetId: row.asset_id,
    action: row.action,
    before: fromJson<Record<string, unknown>>(row.before),
    after: fromJson<Record<string, unknown>>(row.after),
    pins: fromJson<{ pins?: Pin[] } | null>(row.detail)?.pins ?? null,
    madeAt: toIso(row.created_at)!,
  }))
  const byAsset = Map.groupBy(entries, (entry) => entry.assetId)
  return [...byAsset].map(([assetId, ofAsset]) => ({ assetId, ...composeEntries(ofAsset.reverse()) }))
}
