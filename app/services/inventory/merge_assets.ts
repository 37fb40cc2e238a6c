import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { CLAIMED_FIELDS, PERSON_FIELDS, type Actor } from '#core/assets/asset'
import { AssetNotFound, InvalidValue } from '#core/assets/errors'
import { type AssetView } from '#core/reconcile/asset_view'
import { diffViews, sameIdentifiers, type AssetChange } from '#core/reconcile/plan_change'
import { type Pin } from '#core/reconcile/types'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { moveRecords } from '#services/sync/store/link_queries'
import { savePins } from '#services/sync/store/pin_queries'
import { loadKnownAsset, loadSurroundings, type KnownAsset } from './asset_transaction.js'
import { apiName } from './check_values.js'
import { computeAsset, toChange, type ComputedAsset } from './compute_asset.js'
import { decide, type Decision } from './decision.js'
import { replanHeld } from './replan_held.js'
import { reindexAssets } from './index_assets.js'
import { writeChanges } from './write_changes.js'

/** A value of the absorbed asset that gives way. `field` is the API's name. */
export interface MergeConflict {
  readonly field: string
  readonly kept: string | null
  readonly dropped: string
}

/** What merging does, or would do. */
export interface MergeOutcome {
  /** Null in a dry run. */
  readonly changeSetId: number | null
  /** The asset that stays, with its id and history. */
  readonly assetId: number
  readonly absorbedId: number
  readonly movedRecordIds: readonly number[]
  /** Fields of the surviving asset that change, under the names that `Asset` has. */
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
  readonly conflicts: readonly MergeConflict[]
}

/** Joins two assets by a person's word: one absorbs the records, pins and values of the other. */
export class MergeAssets {
  /** @throws AssetNotFound; InvalidValue of the field `into` */
  async handle(
    id: number,
    { into }: { readonly into: number },
    actor: Actor,
    options: { readonly dryRun?: boolean; readonly reason?: string } = {}
  ): Promise<MergeOutcome> {
    const isDryRun = options.dryRun === true
    const head = { kind: 'merge', reason: options.reason ?? null, actor } as const
    return decide(head, isDryRun, async (trx, decision) => {
      const outcome = await mergeInto(trx, decision, into, id)
      await replanHeld(trx, decision, [into, id])
      return { ...outcome, changeSetId: isDryRun ? null : decision.changeSetId }
    })
  }
}

/**
 * Lets one asset absorb another, within a decision. The survivor's pins and values win; what it lacks it takes over. The
 * absorbed asset keeps its row, its values and its history, and points to the survivor.
 *
 * @throws AssetNotFound, InvalidValue
 */
export async function mergeInto(
  trx: TransactionClientContract,
  decision: Decision,
  survivorId: number,
  absorbedId: number
): Promise<MergeOutcome> {
  const { survivor, absorbed } = await loadPair(trx, survivorId, absorbedId)
  const movedRecordIds = absorbed.records.map((record) => record.id)
  await decision.effects.watch(trx, movedRecordIds)
  await moveRecords(trx, movedRecordIds, survivorId, 'merge')
  await carryPins(trx, decision, survivor.asset, absorbed.asset)

  const computed = await computeSurvivor(trx, survivor, absorbed, decision.now)
  const gone = toAbsorbed(absorbed.asset, survivorId)
  const change = toChange(survivor.asset, computed, `merged with ${absorbed.asset.view.hostname}`)
  const changes = [gone, ...(change ? [change] : [])]
  await writeChanges(trx, decision.changeSetId, changes, decision.now)
  if (!change && !sameIdentifiers(survivor.asset.identifiers, computed.identifiers)) {
    await reindexAssets(trx, [{ assetId: survivorId, ...computed }])
  }
  return {
    changeSetId: decision.changeSetId,
    assetId: survivorId,
    absorbedId,
    movedRecordIds,
    before: change?.before ?? {},
    after: change?.after ?? {},
    conflicts: conflictsOf(absorbed.asset.view, computed.view),
  }
}

async function loadPair(trx: TransactionClientContract, survivorId: number, absorbedId: number) {
  const absorbed = await loadKnownAsset(trx, absorbedId)
  if (!absorbed.asset.view.isActive) {
    throw new AssetNotFound(absorbedId)
  }
  if (survivorId === absorbedId) {
    throw new InvalidValue('into', 'An item cannot be merged into itself', 'other')
  }
  const survivor = await loadKnownAsset(trx, survivorId).catch((error: unknown) => {
    throw error instanceof AssetNotFound ? new InvalidValue('into', error.message, 'exists') : error
  })
  if (!survivor.asset.view.isActive) {
    throw new InvalidValue('into', `Item ${survivorId} is not active: restore it first`, 'active')
  }
  return { survivor, absorbed }
}

/** Pins of fields that the survivor has not pinned itself: what a person said is not lost. */
function carriedPins(survivor: StoredAsset, absorbed: StoredAsset): Pin[] {
  const own = new Set(survivor.pins.map((pin) => pin.field))
  return absorbed.pins.filter((pin) => !own.has(pin.field))
}

async function carryPins(
  trx: TransactionClientContract,
  { actor, effects }: Decision,
  survivor: StoredAsset,
  absorbed: StoredAsset
): Promise<void> {
  const carried = carriedPins(survivor, absorbed)
  await savePins(trx, survivor.id, carried, actor.userId)
  for (const pin of carried) {
    effects.add({ kind: 'pin', assetId: survivor.id, field: pin.field, before: null, after: pin })
  }
}

async function computeSurvivor(
  trx: TransactionClientContract,
  survivor: KnownAsset,
  absorbed: KnownAsset,
  now: string
): Promise<ComputedAsset> {
  const { asset } = survivor
  const records = [...survivor.records, ...absorbed.records.map((record) => ({ ...record, assetId: asset.id }))]
  const surroundings = await loadSurroundings(trx, records, [], now)
  for (const [serial, owner] of surroundings.serialOwners) {
    if (owner === absorbed.asset.id) {
      surroundings.serialOwners.set(serial, asset.id)
    }
  }
  const merged: StoredAsset = {
    ...asset,
    view: joinPersonValues(asset.view, absorbed.asset.view),
    pins: [...asset.pins, ...carriedPins(asset, absorbed.asset)],
  }
  return computeAsset(merged, records, asset.id, surroundings)
}

/** Fields that only people write: the survivor's, and where it has none the other's. */
function joinPersonValues(survivor: AssetView, absorbed: AssetView): AssetView {
  const isPersons = survivor.origin === 'person' || absorbed.origin === 'person'
  return {
    ...survivor,
    assetTag: survivor.assetTag ?? absorbed.assetTag,
    room: survivor.room ?? absorbed.room,
    subLocation: survivor.subLocation ?? absorbed.subLocation,
    notes: survivor.notes ?? absorbed.notes,
    origin: isPersons ? 'person' : 'source',
  }
}

function toAbsorbed(asset: StoredAsset, survivorId: number): AssetChange {
  const view: AssetView = { ...asset.view, isActive: false, mergedInto: survivorId }
  return {
    ...diffViews(asset.view, view)!,
    assetId: asset.id,
    action: 'merge',
    view,
    baseRevision: asset.revision,
    identifiers: [],
    replacesIdentifiers: true,
    reason: `merged into item ${survivorId}`,
  }
}

function conflictsOf(absorbed: AssetView, merged: AssetView): MergeConflict[] {
  return [...CLAIMED_FIELDS, ...PERSON_FIELDS].flatMap((field) => {
    const [dropped, kept] = [absorbed[field], merged[field]]
    const isLost = dropped !== null && dropped !== kept && !(field === 'assetType' && dropped === 'Unknown')
    return isLost ? [{ field: apiName(field), kept, dropped }] : []
  })
}
