import { parseSerialNumber, toSerialKey } from '#core/assets/serial_number'
import {
  formerIdentifiers,
  identifiersOf,
  NO_PERSON_VALUES,
  NOTHING_TYPED,
  viewAsset,
  type AssetIdentifier,
  type AssetView,
  type PersonValues,
  type TypedIdentity,
} from '#core/reconcile/asset_view'
import { actionOf, diffViews, sameIdentifiers, type AssetChange } from '#core/reconcile/plan_change'
import { survive, type SurvivalInput } from '#core/reconcile/survive'
import { type EvidenceIdentifier, type SourceRank, type SourceRecord } from '#core/reconcile/types'
import { type StoredAsset } from '#services/sync/store/asset_queries'

/** What the view of an asset depends on besides its own records and pins. */
export interface Surroundings {
  readonly sources: ReadonlyMap<number, SourceRank>
  /** Values that are evidence no longer, as `kind value`. */
  readonly denied: ReadonlySet<string>
  /** Which asset carries a serial key. Assets computed later in the same transaction respect earlier ones. */
  readonly serialOwners: Map<string, number>
  readonly now: string
}

/** What the engine says an asset is: compare it with the row to know what changes. */
export interface ComputedAsset {
  readonly view: AssetView
  readonly identifiers: AssetIdentifier[]
}

/** Input of `survive` for one asset. `owner` tells the asset apart from others that carry a serial. */
export function survivalInput(
  asset: Pick<StoredAsset, 'pins'> | null,
  records: readonly SourceRecord[],
  owner: number,
  surroundings: Surroundings
): SurvivalInput {
  const { denied, serialOwners } = surroundings
  return {
    records,
    sources: surroundings.sources,
    pins: asset?.pins ?? [],
    now: surroundings.now,
    serialBlock(serial) {
      const key = toSerialKey(serial)
      const holder = serialOwners.get(key)
      if (denied.has(`serial ${key}`)) {
        return 'many devices report this number'
      }
      return holder !== undefined && holder !== owner ? `item ${holder} carries it` : null
    },
  }
}

/** Computes an asset from its records and pins, and claims its serials against the assets computed after it. */
export function computeAsset(
  asset: StoredAsset | null,
  records: readonly SourceRecord[],
  owner: number,
  surroundings: Surroundings
): ComputedAsset {
  const input = survivalInput(asset, records, owner, surroundings)
  const own: PersonValues = asset?.view ?? NO_PERSON_VALUES
  const view = viewAsset(input, {
    ...own,
    origin: asset?.view.origin ?? 'source',
    isActive: asset?.view.isActive ?? true,
    mergedInto: asset?.view.mergedInto ?? null,
  })
  const strengthOf = (identifier: EvidenceIdentifier) => {
    const isJunk = surroundings.denied.has(`${identifier.kind} ${identifier.value}`)
    const isBlocked = identifier.kind === 'serial' && input.serialBlock(identifier.value) !== null
    return isJunk || isBlocked ? ('weak' as const) : identifier.strength
  }
  const carried = identifiersOf(view, records, typedValues(input), strengthOf, toSerialKey)
  if (!view.isActive) {
    return { view, identifiers: view.mergedInto === null ? formerIdentifiers(carried) : [] }
  }
  for (const { kind, value, strength } of carried) {
    if (kind === 'serial' && strength === 'strong') {
      surroundings.serialOwners.set(value, owner)
    }
  }
  return { view, identifiers: carried }
}

/** The change that brings the row to what was computed; null when the row is that already. */
export function toChange(
  asset: StoredAsset | null,
  computed: ComputedAsset,
  reason: string | null
): AssetChange | null {
  const difference = diffViews(asset?.view ?? null, computed.view)
  if (!difference) {
    return null
  }
  return {
    ...difference,
    ...computed,
    assetId: asset?.id ?? null,
    action: actionOf(asset?.view ?? null, computed.view),
    baseRevision: asset?.revision ?? 0,
    replacesIdentifiers: !asset || !sameIdentifiers(asset.identifiers, computed.identifiers),
    reason,
  }
}

/**
 * Identity that a person typed: the values of the pins that hold. An address that is held until its source changes (that
 * is how undo restores one) is found by it, and proves nothing: two items may have had the same one.
 */
function typedValues(input: SurvivalInput): TypedIdentity {
  if (input.pins.length === 0) {
    return NOTHING_TYPED
  }
  const { serialNumber, macAddress } = survive(input)
  const serial = serialNumber.pin ? serialNumber.value : null
  const mac = macAddress.pin ? macAddress.value : null
  const isHeld = macAddress.pin?.until === 'source_change'
  return {
    serialNumber: serial && (parseSerialNumber(serial) ?? serial),
    macAddress: isHeld ? null : mac,
    heldMac: isHeld ? mac : null,
  }
}
