import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { fromJson, toIso } from '#database/columns'
import { type Actor } from '#core/assets/asset'
import { ValueTaken } from '#core/assets/errors'
import { ChangeSetNotFound } from '#core/reconcile/errors'
import { planUndo, type UndoneEntry, type UndoTarget } from '#core/reconcile/undo'
import { claimsHash, survive } from '#core/reconcile/survive'
import { type Pin } from '#core/reconcile/types'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { deletePins, savePins } from '#services/sync/store/pin_queries'
import { loadKnownAsset, loadSurroundings, writeAlone } from './asset_transaction.js'
import { apiName, checkValues } from './check_values.js'
import { computeAsset, survivalInput, toChange } from './compute_asset.js'
import { openChangeSet, writeChanges } from './write_changes.js'

/** A field, or a whole item, that stayed because somebody changed it since. */
interface UndoConflict {
  readonly assetId: number
  readonly fields: readonly string[]
  readonly reason: string
}

export interface UndoOutcome {
  /** Null in a dry run, and when there was nothing to take back. */
  readonly changeSetId: number | null
  /** Items that were changed by it. */
  readonly undone: number
  readonly conflicts: readonly UndoConflict[]
}

class DryRun extends Error {
  constructor(readonly outcomes: readonly UndoOutcome[]) {
    super('dry run')
  }
}

/**
 * Takes a change set back by a new one: a run, an edit, a deletion, another undo. What people changed since stays and is
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
    try {
      return await writeAlone(async (trx, now) => {
        const outcomes: UndoOutcome[] = []
        for (const id of ids) {
          outcomes.push(await undo(trx, id, actor, now))
        }
        if (options.dryRun) {
          throw new DryRun(outcomes.map((outcome) => ({ ...outcome, changeSetId: null })))
        }
        return outcomes
      })
    } catch (error) {
      if (error instanceof DryRun) {
        return error.outcomes
      }
      throw error
    }
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
  const conflicts: UndoConflict[] = []
  let changeSetId: number | null = null
  let undone = 0
  for (const entry of await loadEntries(trx, id)) {
    const head = {
      kind: 'undo',
      runId: null,
      userId: actor.userId,
      actor: actor.name,
      reason: null,
      undoesId: id,
    } as const
    const undoEntry = async () => (changeSetId ??= await openChangeSet(trx, head, now))
    const { conflict, isWritten } = await undoOne(trx, entry.assetId, entry, actor, now, undoEntry)
    if (conflict) {
      conflicts.push(conflict)
    }
    undone += isWritten ? 1 : 0
  }
  return { changeSetId, undone, conflicts }
}

async function loadEntries(client: SqlClient, id: number): Promise<(UndoneEntry & { assetId: number })[]> {
  const rows = await selectRows<EntryRow>(
    client,
    `select c.asset_id, c.action, c.before, c.after, c.detail, s.created_at
     from changes c join change_sets s on s.id = c.change_set_id where s.id = ? order by c.id desc`,
    [id]
  )
  return rows.map((row) => ({
    assetId: row.asset_id,
    action: row.action,
    before: fromJson(row.before),
    after: fromJson(row.after),
    pins: fromJson<{ pins?: Pin[] } | null>(row.detail)?.pins ?? null,
    madeAt: toIso(row.created_at)!,
  }))
}

async function undoOne(
  trx: TransactionClientContract,
  assetId: number,
  entry: UndoneEntry,
  actor: Actor,
  now: string,
  openSet: () => Promise<number>
): Promise<{ conflict: UndoConflict | null; isWritten: boolean }> {
  const { asset, records } = await loadKnownAsset(trx, assetId)
  const target = planUndo(entry, asset.view, asset.pins)
  if (entry.action === 'create' && (await wasEditedSince(trx, assetId, entry.madeAt))) {
    return { conflict: { assetId, fields: [], reason: 'somebody edited the item since' }, isWritten: false }
  }

  const touched = Object.keys(target.claimed)
  const kept = asset.pins.filter((pin) => !touched.includes(pin.field))
  const isActive = target.isActive ?? asset.view.isActive
  const restored = {
    ...asset,
    view: { ...asset.view, ...target.person, isActive } as typeof asset.view,
    pins: [...kept, ...target.pins],
  }
  const surroundings = await loadSurroundings(trx, records, [], now)
  const holds = holdingPins(
    target,
    restored.pins,
    survive(survivalInput(restored, records, assetId, surroundings)),
    actor,
    now
  )
  const pinned = {
    ...restored,
    pins: [...restored.pins.filter((pin) => !holds.some((one) => one.field === pin.field)), ...holds],
  }
  const computed = computeAsset(pinned, records, assetId, surroundings)
  const change = toChange(
    asset,
    isActive ? computed : { view: { ...asset.view, isActive }, identifiers: [] },
    'taken back'
  )

  const taken = isActive ? await takenValue(trx, computed.view, assetId) : null
  if (taken) {
    return { conflict: { assetId, fields: [], reason: taken }, isWritten: false }
  }
  if (change) {
    const before = asset.pins.filter((pin) => touched.includes(pin.field))
    await deletePins(trx, assetId, touched)
    await savePins(
      trx,
      assetId,
      pinned.pins.filter((pin) => touched.includes(pin.field)),
      actor.userId
    )
    await writeChanges(trx, await openSet(), [{ ...change, detail: { pins: before } }], now)
  }
  const fields = target.conflicts.map((field) => apiName(field as never))
  const conflict = fields.length > 0 ? { assetId, fields, reason: 'somebody changed it since' } : null
  return { conflict, isWritten: change !== null }
}

/** Pins that keep restored values where the rules alone would decide otherwise. */
function holdingPins(
  target: UndoTarget,
  pins: readonly Pin[],
  decisions: ReturnType<typeof survive>,
  actor: Actor,
  now: string
): Pin[] {
  return Object.entries(target.claimed).flatMap(([field, value]) => {
    const decision = decisions[field as keyof typeof decisions]
    if (decision.value === value || pins.some((pin) => pin.field === field && pin.value === value)) {
      return []
    }
    const until = decision.candidates.length > 0 ? ('source_change' as const) : ('always' as const)
    const pin: Pin = {
      field,
      value,
      until,
      untilAt: null,
      claimsHash: claimsHash(decision.candidates),
      reason: 'undo',
      actor: actor.name,
      setAt: now,
    }
    return [pin]
  })
}

async function wasEditedSince(client: SqlClient, assetId: number, madeAt: string): Promise<boolean> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select c.id from changes c join change_sets s on s.id = c.change_set_id
     where c.asset_id = ? and s.run_id is null and s.kind = 'edit' and s.created_at > ? limit 1`,
    [assetId, madeAt]
  )
  return rows.length > 0
}

/** Why the restored asset cannot be: another one carries its serial or tag by now. */
async function takenValue(
  trx: SqlClient,
  view: { serialNumber: string | null; assetTag: string | null },
  assetId: number
): Promise<string | null> {
  try {
    await checkValues(trx, { serialNumber: view.serialNumber, assetTag: view.assetTag }, assetId)
    return null
  } catch (error) {
    if (error instanceof ValueTaken) {
      return error.message
    }
    throw error
  }
}
