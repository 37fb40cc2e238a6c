import { type Actor, type ClaimedField } from '#core/assets/asset'
import { type AssetChange } from '#core/reconcile/plan_change'
import { claimsHash, survive, survivingValues, type SurvivalInput } from '#core/reconcile/survive'
import { type Pin, type SourceRecord } from '#core/reconcile/types'
import { planUndo, type UndoneEntry, type UndoTarget } from '#core/reconcile/undo'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { computeAsset, survivalInput, toChange, type Surroundings } from './compute_asset.js'

export interface EntryOfAsset extends UndoneEntry {
  readonly assetId: number
  /** Of the entries about the asset the youngest. */
  readonly lastId: number
}

/** What taking an entry back does to its asset. */
export interface UndonePlan {
  readonly asset: StoredAsset
  /** Null when the asset is so already. */
  readonly change: AssetChange | null
  /** Fields whose pins are replaced, and the pins that they get. */
  readonly touched: readonly string[]
  readonly pins: readonly Pin[]
  /** Fields that somebody changed since: they stay. */
  readonly kept: readonly string[]
}

/** Computes an asset as it was before an entry, as far as nobody changed it since. Takes its serials as `computeAsset` does. */
export function planEntry(
  entry: EntryOfAsset,
  asset: StoredAsset,
  records: readonly SourceRecord[],
  surroundings: Surroundings,
  actor: Actor
): UndonePlan {
  const target = planUndo(entry, asset.view, asset.pins)
  const touched = Object.keys(target.claimed)
  const isTouched = (pin: Pin) => touched.includes(pin.field)
  const isActive = target.isActive ?? asset.view.isActive
  const restored: StoredAsset = {
    ...asset,
    view: { ...asset.view, ...target.person, ...target.kept, isActive } as typeof asset.view,
    pins: [...asset.pins.filter((pin) => !isTouched(pin)), ...target.pins],
  }
  const input = survivalInput(restored, records, asset.id, surroundings)
  const holds = isActive ? holdingPins(target, restored.pins, input, actor, surroundings.now) : []
  const isHeld = (pin: Pin) => holds.some((one) => one.field === pin.field)
  const pins = [...restored.pins.filter((pin) => !isHeld(pin)), ...holds]

  const computed = computeAsset({ ...restored, pins }, records, asset.id, surroundings)
  const identifiers = entry.action === 'create' ? [] : computed.identifiers
  const inactive = { view: { ...restored.view, ...target.claimed } as typeof asset.view, identifiers }
  const change = toChange(asset, isActive ? computed : inactive, 'taken back')
  return {
    asset,
    change: change && { ...change, detail: { pins: asset.pins.filter(isTouched) } },
    touched,
    pins: pins.filter(isTouched),
    kept: target.conflicts,
  }
}

/** Pins that keep restored values where the rules alone would decide otherwise. */
function holdingPins(target: UndoTarget, pins: readonly Pin[], input: SurvivalInput, actor: Actor, now: string): Pin[] {
  const decisions = survive(input)
  const values = survivingValues(decisions, input)
  return Object.entries(target.claimed).flatMap(([field, value]) => {
    const decision = decisions[field as keyof typeof decisions]
    if (values[field as ClaimedField] === value || pins.some((pin) => pin.field === field && pin.value === value)) {
      return []
    }
    const until = input.records.length > 0 ? ('source_change' as const) : ('always' as const)
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
