import { type Actor } from '#core/assets/asset'
import { ValueTaken } from '#core/assets/errors'
import { claimsHash, survive } from '#core/reconcile/survive'
import { type Pin } from '#core/reconcile/types'
import { planUndo, type UndoneEntry, type UndoTarget } from '#core/reconcile/undo'
import { loadAssets } from '#services/sync/store/asset_queries'
import { deletePins, savePins } from '#services/sync/store/pin_queries'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { loadKnownAsset, loadSurroundings } from './asset_transaction.js'
import { apiName, checkValues } from './check_values.js'
import { computeAsset, survivalInput, toChange } from './compute_asset.js'
import { type Undoing } from './undoing.js'
import { writeChanges } from './write_changes.js'

/** A field, or a whole item, that stayed because somebody changed it since. */
export interface UndoConflict {
  readonly assetId: number
  readonly fields: readonly string[]
  readonly reason: string
}

export interface EntryOfAsset extends UndoneEntry {
  readonly assetId: number
}

/** Of two assets that claim one serial the one gets it back that had it: it comes first. */
export async function serialsFirst(client: SqlClient, entries: readonly EntryOfAsset[]): Promise<EntryOfAsset[]> {
  const assets = await loadAssets(
    client,
    entries.map((entry) => entry.assetId)
  )
  const isWithout = ({ assetId, before }: EntryOfAsset) =>
    ('serialNumber' in before ? before.serialNumber : (assets.get(assetId)?.view.serialNumber ?? null)) === null
  return [...entries].sort((a, b) => Number(isWithout(a)) - Number(isWithout(b)) || a.assetId - b.assetId)
}

/** Takes back what a change set did to one asset. */
export async function undoEntry(
  undoing: Undoing,
  entry: EntryOfAsset
): Promise<{ conflict: UndoConflict | null; isWritten: boolean }> {
  const { trx, actor, now } = undoing
  const { assetId } = entry
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
    view: { ...asset.view, ...target.person, ...target.kept, isActive } as typeof asset.view,
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
  const identifiers = entry.action === 'create' ? [] : computed.identifiers
  const inactive = { view: { ...asset.view, ...target.kept, isActive }, identifiers }
  const change = toChange(asset, isActive ? computed : inactive, 'taken back')

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
    await writeChanges(trx, await undoing.open(), [{ ...change, detail: { pins: before } }], now)
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

/** True when a person edited the asset after this moment. */
export async function wasEditedSince(client: SqlClient, assetId: number, madeAt: string): Promise<boolean> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select c.id from changes c join change_sets s on s.id = c.change_set_id
     where c.asset_id = ? and s.run_id is null and s.kind in ('edit', 'bulk_edit', 'import') and s.created_at > ? limit 1`,
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
