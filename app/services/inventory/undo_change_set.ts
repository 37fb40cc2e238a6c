import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Actor } from '#core/assets/asset'
import { ChangeSetNotFound, ChangeSetUnfinished } from '#core/reconcile/errors'
import { exchangingSerials } from '#core/reconcile/undo'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { writeOrPreview } from './dry_run.js'
import { findExchanging, loadEntries } from './load_undone.js'
import { putDownIdentifiers, undoEffects, type UndoneEffects } from './undo_effects.js'
import { serialsFirst, undoEntries, type UndoConflict } from './undo_entries.js'
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
  /** @throws ChangeSetNotFound, ChangeSetUnfinished */
  async handle(id: number, actor: Actor, options: { dryRun?: boolean } = {}): Promise<UndoOutcome> {
    const [outcome] = await this.all([id], actor, options)
    return outcome!
  }

  /** Takes several back in this order, all or none. @throws ChangeSetNotFound, ChangeSetUnfinished */
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

async function undo(trx: TransactionClientContract, id: number, actor: Actor, now: string): Promise<UndoOutcome> {
  await refuseUnfinished(trx, [id])
  const undoing = new Undoing(trx, id, actor, now)
  const { undone, conflicts } = await undoTogether(undoing, 'everything')
  return { changeSetId: undoing.changeSetId, undone, conflicts }
}

/** @throws ChangeSetNotFound; ChangeSetUnfinished while a run writes one of them */
export async function refuseUnfinished(trx: SqlClient, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const [set] = await selectRows<{ run_id: number | null; status: string | null }>(
      trx,
      'select s.run_id, r.status from change_sets s left join sync_runs r on r.id = s.run_id where s.id = ?',
      [id]
    )
    if (!set) {
      throw new ChangeSetNotFound(id)
    }
    if (set.status === 'queued' || set.status === 'running') {
      throw new ChangeSetUnfinished(id, set.run_id!)
    }
  }
}

export interface UndoneTogether {
  /** Items that were changed. */
  readonly undone: number
  readonly conflicts: readonly UndoConflict[]
  /** Items that are dealt with by it, whatever became of them. */
  readonly assetIds: readonly number[]
}

/**
 * Takes back, in one transaction, what hangs together: links of records, pins, verdicts, reviews, the items that these
 * concern and those that exchanged serials; or everything that the change set did.
 */
export async function undoTogether(undoing: Undoing, scope: 'together' | 'everything'): Promise<UndoneTogether> {
  const { trx, undoesId: id } = undoing
  const effects = await loadEffects(trx, id)
  const isAll = scope === 'everything' || effects.length > 0
  const entries = await loadEntries(trx, id, isAll ? null : await findExchanging(trx, id))
  const involved: UndoneEffects = effects.length > 0 ? await undoEffects(undoing, id, effects, entries) : NOBODY
  const blocked = new Set(involved.conflicts.map(({ assetId }) => assetId))
  const exchanging = exchangingSerials(entries)
  await putDownIdentifiers(trx, exchanging)
  const moved = new Set([...involved.assetIds, ...exchanging])
  const due = entries.filter(({ assetId }) => !blocked.has(assetId) && (scope === 'everything' || moved.has(assetId)))
  const { conflicts, undone } = await undoEntries(undoing, moved.size > 0 ? await serialsFirst(trx, due) : due)
  await undoing.finish([...moved])
  return { undone, conflicts: [...involved.conflicts, ...conflicts], assetIds: [...moved, ...blocked] }
}

const NOBODY: UndoneEffects = { conflicts: [], assetIds: [] }
