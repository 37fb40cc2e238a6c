import { CLAIMED_FIELDS, PERSON_FIELDS, type Actor, type ClaimedField } from '#core/assets/asset'
import { FieldNotFound, InvalidValue } from '#core/assets/errors'
import { claimsHash, survive } from '#core/reconcile/survive'
import { type Pin } from '#core/reconcile/types'
import { deletePins, savePins } from '#services/sync/store/pin_queries'
import { loadKnownAsset, loadSurroundings, writeAlone } from './asset_transaction.js'
import { apiName, checkValues } from './check_values.js'
import { computeAsset, survivalInput, toChange } from './compute_asset.js'
import { withNormalSerial } from './create_asset.js'
import { inheritSerials } from './inherit_serials.js'
import { openChangeSet } from './change_set.js'
import { reindexAssets } from './index_assets.js'
import { writeChanges } from './write_changes.js'

export interface Pinning {
  readonly field: ClaimedField
  /** Undefined pins the value that the field has. */
  readonly value?: string | null
  readonly until?: Pin['until']
  /** ISO 8601, for `until: 'date'`. */
  readonly untilAt?: string
  readonly reason?: string
  /** Refuse when the asset has another revision by now. */
  readonly ifRevision?: number
}

/** Locks a field of an asset to a value, whatever sources say: always, until they change their mind, or until a date. */
export class PinField {
  /** @throws AssetNotFound, StaleRevision, ValueTaken, InvalidValue */
  async handle(id: number, pinning: Pinning, actor: Actor): Promise<{ changeSetId: number | null }> {
    return writeAlone(async (trx, now) => {
      const { asset, records } = await loadKnownAsset(trx, id, pinning.ifRevision)
      const { field } = pinning
      const wanted = pinning.value === undefined ? asset.view[field] : pinning.value
      const value = withNormalSerial({ [field]: wanted })[field] ?? null
      await checkValues(trx, { [field]: value }, id)

      const surroundings = await loadSurroundings(trx, records, [], now)
      const decision = survive(survivalInput(asset, records, id, surroundings))[field]
      const pin: Pin = {
        field,
        value,
        until: pinning.until ?? 'always',
        untilAt: pinning.untilAt ?? null,
        claimsHash: claimsHash(decision.candidates),
        reason: pinning.reason ?? null,
        actor: actor.name,
        setAt: now,
      }
      await savePins(trx, id, [pin], actor.userId)
      const kept = asset.pins.filter((one) => one.field !== field)
      const former = asset.pins.filter((one) => one.field === field)
      return applyPins(
        trx,
        id,
        { ...asset, pins: [...kept, pin] },
        { asset, records, surroundings, former, actor, now }
      )
    })
  }
}

/** Releases a field: the value that the rules give returns at once. Releasing what is not pinned changes nothing. */
export class UnpinField {
  /** @throws AssetNotFound, StaleRevision */
  async handle(
    id: number,
    field: ClaimedField,
    actor: Actor,
    options: { ifRevision?: number } = {}
  ): Promise<{ changeSetId: number | null }> {
    return writeAlone(async (trx, now) => {
      const { asset, records } = await loadKnownAsset(trx, id, options.ifRevision)
      const former = asset.pins.filter((pin) => pin.field === field)
      await deletePins(trx, id, [field])
      const surroundings = await loadSurroundings(trx, records, [], now)
      const released = { ...asset, pins: asset.pins.filter((pin) => pin.field !== field) }
      return applyPins(trx, id, released, { asset, records, surroundings, former, actor, now })
    })
  }
}

/** The API's names of the fields that can be pinned. */
export const PINNABLE_FIELDS = CLAIMED_FIELDS.map((field) => apiName(field))

/**
 * The field of this name, as the API writes it.
 *
 * @throws FieldNotFound; InvalidValue for a field that no source feeds: only people write it, so nothing is to be locked
 */
export function pinnableFieldOrFail(name: string): ClaimedField {
  const field = CLAIMED_FIELDS.find((one) => apiName(one) === name)
  if (field) {
    return field
  }
  if (PERSON_FIELDS.some((one) => apiName(one) === name)) {
    throw new InvalidValue(name, `No source feeds ${name}, so there is nothing to pin: edit the item`, 'pinnable')
  }
  throw new FieldNotFound(name)
}

type Known = Awaited<ReturnType<typeof loadKnownAsset>>

async function applyPins(
  trx: Parameters<typeof savePins>[0],
  id: number,
  pinned: Known['asset'],
  context: Known & {
    surroundings: Parameters<typeof computeAsset>[3]
    former: readonly Pin[]
    actor: Actor
    now: string
  }
): Promise<{ changeSetId: number | null }> {
  const { asset, records, surroundings, former, actor, now } = context
  const computed = computeAsset(pinned, records, id, surroundings)
  const change = toChange(asset, computed, null)
  if (!change) {
    await reindexAssets(trx, [{ assetId: id, ...computed }])
    return { changeSetId: null }
  }
  const head = { kind: 'edit', runId: null, userId: actor.userId, actor: actor.name, reason: null } as const
  const changeSetId = await openChangeSet(trx, head, now)
  await writeChanges(trx, changeSetId, [{ ...change, detail: { pins: former } }], now)
  await inheritSerials(trx, { now, changeSetId: async () => changeSetId })
  return { changeSetId }
}
