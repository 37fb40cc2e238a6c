import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { PERSON_FIELDS } from '#core/assets/asset'
import { type AssetView } from '#core/reconcile/asset_view'
import { sameIdentifiers, type AssetChange } from '#core/reconcile/plan_change'
import { type SourceRecord } from '#core/reconcile/types'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { moveRecords } from '#services/sync/store/link_queries'
import { deletePins } from '#services/sync/store/pin_queries'
import { loadSurroundings, type KnownAsset } from './asset_transaction.js'
import { computeAsset, toChange, type ComputedAsset, type Surroundings } from './compute_asset.js'
import { type Decision } from './decision.js'
import { type Absorbed } from './find_absorbed.js'
import { reindexAssets } from './index_assets.js'
import { writeChanges } from './write_changes.js'

/** What splitting does, or would do. */
export interface SplitOutcome {
  /** Null in a dry run. */
  readonly changeSetId: number | null
  readonly assetId: number
  /** The asset that the records have from now on. In a dry run a new one has no id yet. */
  readonly splitId: number | null
  /** True when an asset that was merged away came back, with its id, values and history. */
  readonly isRevived: boolean
  readonly movedRecordIds: readonly number[]
  /** Fields of the asset that loses the records, under the names that `Asset` has. */
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
  /** Fields of the asset that gets them. */
  readonly split: Readonly<Record<string, unknown>>
}

type Split = Omit<SplitOutcome, 'splitId'> & { readonly splitId: number }

/** Gives records an asset of their own. */
export async function splitOff(
  trx: TransactionClientContract,
  decision: Decision,
  known: KnownAsset,
  recordIds: readonly number[]
): Promise<Split> {
  const { staying, leaving } = partOf(known.records, recordIds)
  const surroundings = await freeSurroundings(trx, known, decision.now)
  const rest = computeAsset(known.asset, staying, known.asset.id, surroundings)
  const computed = computeAsset(null, leaving, -recordIds[0]!, surroundings)
  const made = toChange(null, computed, `split from ${known.asset.view.hostname}`)!
  const change = toChange(known.asset, rest, 'records were split off')
  const ids = await write(trx, decision, known.asset, rest, change, made)
  await moveRecords(trx, recordIds, ids, 'split')
  return outcomeOf(decision, known, recordIds, change, made, ids, false)
}

/** Brings back the asset that was merged away with these records. */
export async function reviveAbsorbed(
  trx: TransactionClientContract,
  decision: Decision,
  known: KnownAsset,
  absorbed: Absorbed,
  recordIds: readonly number[]
): Promise<Split> {
  const survivor = await giveBack(trx, decision, known.asset, absorbed)
  const { staying, leaving } = partOf(known.records, recordIds)
  const surroundings = await freeSurroundings(trx, known, decision.now)
  const rest = computeAsset(survivor, staying, known.asset.id, surroundings)
  const view: AssetView = { ...absorbed.asset.view, isActive: true, mergedInto: null }
  const computed = computeAsset({ ...absorbed.asset, view }, leaving, absorbed.asset.id, surroundings)
  const made = toChange(absorbed.asset, computed, `split from ${known.asset.view.hostname}`)!
  const change = toChange(known.asset, rest, 'records were split off')
  const id = await write(trx, decision, known.asset, rest, change, made)
  await moveRecords(trx, recordIds, id, 'split')
  return outcomeOf(decision, known, recordIds, change, made, id, true)
}

function partOf(records: readonly SourceRecord[], recordIds: readonly number[]) {
  const wanted = new Set(recordIds)
  return {
    staying: records.filter((record) => !wanted.has(record.id)),
    leaving: records.filter((record) => wanted.has(record.id)),
  }
}

/** The asset's serials are nobody's until it is computed: what leaves may take its own along. */
async function freeSurroundings(
  trx: TransactionClientContract,
  { asset, records }: KnownAsset,
  now: string
): Promise<Surroundings> {
  const surroundings = await loadSurroundings(trx, records, [], now)
  for (const [serial, owner] of surroundings.serialOwners) {
    if (owner === asset.id) {
      surroundings.serialOwners.delete(serial)
    }
  }
  return surroundings
}

/** The survivor without what it took over from the absorbed asset, as far as nobody changed it since. */
async function giveBack(
  trx: TransactionClientContract,
  { effects }: Decision,
  survivor: StoredAsset,
  absorbed: Absorbed
): Promise<StoredAsset> {
  const carried = absorbed.effects.flatMap((effect) =>
    effect.kind === 'pin' && effect.assetId === survivor.id && effect.after ? [effect.after] : []
  )
  const given = survivor.pins.filter((pin) =>
    carried.some((one) => one.field === pin.field && one.value === pin.value && one.setAt === pin.setAt)
  )
  await deletePins(
    trx,
    survivor.id,
    given.map((pin) => pin.field)
  )
  for (const pin of given) {
    effects.add({ kind: 'pin', assetId: survivor.id, field: pin.field, before: pin, after: null })
  }
  const { before, after } = absorbed.survivor
  const taken = [...PERSON_FIELDS, 'origin' as const].filter(
    (field) => field in after && survivor.view[field] === after[field]
  )
  const restored = Object.fromEntries(taken.map((field) => [field, before[field] ?? null]))
  return {
    ...survivor,
    pins: survivor.pins.filter((pin) => !given.includes(pin)),
    view: { ...survivor.view, ...restored } as AssetView,
  }
}

/** Writes both assets with one statement each, so that an identifier can change hands; answers the id of the other. */
async function write(
  trx: TransactionClientContract,
  { changeSetId, now }: Decision,
  asset: StoredAsset,
  rest: ComputedAsset,
  change: AssetChange | null,
  made: AssetChange
): Promise<number> {
  if (!change && !sameIdentifiers(asset.identifiers, rest.identifiers)) {
    await reindexAssets(trx, [{ assetId: asset.id, ...rest }])
  }
  const ids = await writeChanges(trx, changeSetId, [...(change ? [change] : []), made], now)
  return ids.at(-1)!
}

function outcomeOf(
  { changeSetId }: Decision,
  { asset }: KnownAsset,
  movedRecordIds: readonly number[],
  change: AssetChange | null,
  made: AssetChange,
  splitId: number,
  isRevived: boolean
): Split {
  return {
    changeSetId,
    assetId: asset.id,
    splitId,
    isRevived,
    movedRecordIds,
    before: change?.before ?? {},
    after: change?.after ?? {},
    split: made.after,
  }
}
