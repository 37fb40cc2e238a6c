import { CLAIMED_FIELDS, type Actor, type AssetField, type AssetValues, type ClaimedField } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { type Pin, type SourceRecord } from '#core/reconcile/types'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { withNormalSerial } from './create_asset.js'

/** Who edits, why and when. */
export interface Author {
  readonly actor: Actor
  readonly reason: string | null
  readonly now: string
}

/** What a person's word means for an asset, before anything is computed or written. */
export interface PersonEdit {
  /** What the patch really changes. */
  readonly values: Partial<AssetValues>
  /** The fields whose pins are replaced, the pins that they get, and those that they had. */
  readonly touched: readonly ClaimedField[]
  readonly pins: readonly Pin[]
  readonly formerPins: readonly Pin[]
  readonly edited: StoredAsset
}

/**
 * Reads a patch against an asset. What a source feeds is pinned; what is already so stays untouched.
 *
 * @throws InvalidValue when the patch empties the name or the type
 */
export function planPersonEdit(
  asset: StoredAsset,
  records: readonly SourceRecord[],
  patch: Partial<AssetValues>,
  author: Author
): PersonEdit {
  const values = changedValues(asset, withNormalSerial(patch))
  if (values.hostname === null || values.assetType === null) {
    throw new InvalidValue('hostname', 'An item needs a hostname and a type', 'required')
  }
  const touched = CLAIMED_FIELDS.filter((field) => field in values)
  const pinned = touched.filter((field) => values[field] !== null || isClaimed(field, records))
  const pins = pinned.map((field) => toPin(field, values[field] ?? null, author))
  const isTouched = (pin: Pin) => touched.includes(pin.field as ClaimedField)
  const kept = asset.pins.filter((pin) => !isTouched(pin))
  return {
    values,
    touched,
    pins,
    formerPins: asset.pins.filter(isTouched),
    edited: { ...asset, view: { ...asset.view, ...values }, pins: [...kept, ...pins] },
  }
}

function changedValues(asset: StoredAsset, patch: Partial<AssetValues>): Partial<AssetValues> {
  const fields = Object.keys(patch) as AssetField[]
  const changed = fields.filter((field) => patch[field] !== undefined && patch[field] !== asset.view[field])
  return Object.fromEntries(changed.map((field) => [field, patch[field]])) as Partial<AssetValues>
}

function isClaimed(field: ClaimedField, records: readonly SourceRecord[]): boolean {
  return field === 'assetType' || records.some((record) => record.observation.claims[field] !== undefined)
}

function toPin(field: ClaimedField, value: string | null, { actor, reason, now }: Author): Pin {
  return { field, value, until: 'always', untilAt: null, claimsHash: null, reason, actor: actor.name, setAt: now }
}
