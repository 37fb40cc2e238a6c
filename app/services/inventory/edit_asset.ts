import { CLAIMED_FIELDS, type Actor, type AssetField, type AssetValues, type ClaimedField } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { type Pin, type SourceRecord } from '#core/reconcile/types'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { deletePins, savePins } from '#services/sync/store/pin_queries'
import { loadKnownAsset, loadSurroundings, writeAlone } from './asset_transaction.js'
import { checkValues } from './check_values.js'
import { computeAsset, toChange } from './compute_asset.js'
import { withNormalSerial } from './create_asset.js'
import { openChangeSet, writeChanges } from './write_changes.js'

export interface EditOptions {
  /** Refuse when the asset has another revision by now. */
  readonly ifRevision?: number
  readonly reason?: string
}

/**
 * Changes fields of an asset by a person's word. What a source feeds is pinned, so that the next sync keeps it; what
 * is already so stays untouched, so that saving a form pins nothing that nobody typed.
 */
export class EditAsset {
  async handle(
    id: number,
    patch: Partial<AssetValues>,
    actor: Actor,
    options: EditOptions = {}
  ): Promise<{ assetId: number; changeSetId: number | null }> {
    return writeAlone(async (trx, now) => {
      const { asset, records } = await loadKnownAsset(trx, id, options.ifRevision)
      const values = changedValues(asset, withNormalSerial(patch))
      if (values.hostname === null || values.assetType === null) {
        throw new InvalidValue('hostname', 'An item needs a hostname and a type', 'required')
      }
      await checkValues(trx, values, id)

      const touched = CLAIMED_FIELDS.filter((field) => field in values)
      const pinned = touched.filter((field) => values[field] !== null || isClaimed(field, records))
      const pins = pinned.map((field) => toPin(field, values[field] ?? null, actor, options.reason, now))
      const kept = asset.pins.filter((pin) => !touched.includes(pin.field as ClaimedField))
      const edited: StoredAsset = { ...asset, view: { ...asset.view, ...values }, pins: [...kept, ...pins] }

      const surroundings = await loadSurroundings(trx, records, [], now)
      const change = toChange(asset, computeAsset(edited, records, id, surroundings), options.reason ?? null)
      await deletePins(trx, id, touched)
      await savePins(trx, id, pins, actor.userId)
      if (!change) {
        return { assetId: id, changeSetId: null }
      }
      const reason = options.reason ?? null
      const head = { kind: 'edit', runId: null, userId: actor.userId, actor: actor.name, reason } as const
      const changeSetId = await openChangeSet(trx, head, now)
      const formerPins = asset.pins.filter((pin) => touched.includes(pin.field as ClaimedField))
      await writeChanges(trx, changeSetId, [{ ...change, detail: { pins: formerPins } }], now)
      return { assetId: id, changeSetId }
    })
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

function toPin(field: ClaimedField, value: string | null, actor: Actor, reason: string | undefined, now: string): Pin {
  return {
    field,
    value,
    until: 'always',
    untilAt: null,
    claimsHash: null,
    reason: reason ?? null,
    actor: actor.name,
    setAt: now,
  }
}
