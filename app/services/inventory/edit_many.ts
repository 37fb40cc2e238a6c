import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type AssetValues, type ClaimedField } from '#core/assets/asset'
import { AssetNotFound, InvalidValue, ValueTaken } from '#core/assets/errors'
import { type AssetChange } from '#core/reconcile/plan_change'
import { type Pin, type SourceRecord } from '#core/reconcile/types'
import { loadAssets, type StoredAsset } from '#services/sync/store/asset_queries'
import { recordIdsOf } from '#services/sync/store/link_queries'
import { deletePinsOfMany, savePinsOfMany } from '#services/sync/store/pin_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import { loadSurroundings } from './asset_transaction.js'
import { computeAsset, toChange, type Surroundings } from './compute_asset.js'
import { draftOf, withNormalSerial, type NewAsset } from './create_asset.js'
import { planPersonEdit, type Author } from './person_edit.js'
import { TakenValues } from './taken_values.js'
import { writeChanges } from './write_changes.js'

/** What a person wants of one asset. */
export type RowEdit =
  | {
      readonly kind: 'create'
      readonly values: NewAsset
      /** How long the values hold against sources; always, unless told otherwise. */
      readonly until?: 'always' | 'source_change'
      readonly reason?: string
    }
  | { readonly kind: 'edit'; readonly id: number; readonly patch: Partial<AssetValues> }
  | { readonly kind: 'delete' | 'restore'; readonly id: number }
  | { readonly kind: 'unpin'; readonly id: number; readonly fields: readonly ClaimedField[] }

/** Why a row was refused: nothing of it was written. */
type RowFault = AssetNotFound | InvalidValue | ValueTaken

/** What became of one row. `before` and `after` hold the touched fields. */
export type RowResult =
  | { readonly outcome: 'refused'; readonly assetId: number | null; readonly fault: RowFault }
  | {
      readonly outcome: 'created' | 'updated' | 'deleted' | 'restored' | 'unchanged'
      readonly assetId: number
      readonly before: Record<string, unknown>
      readonly after: Record<string, unknown>
    }

/** Rows that are read, decided and written together. */
export const ROWS_AT_ONCE = 200

interface PlannedRow {
  readonly change: AssetChange | null
  /** Null: the asset is new. */
  readonly asset: StoredAsset | null
  readonly pins: readonly Pin[]
  readonly touched: readonly string[]
}

interface Known {
  readonly assets: ReadonlyMap<number, StoredAsset>
  readonly records: ReadonlyMap<number, readonly SourceRecord[]>
  readonly surroundings: Surroundings
  readonly taken: TakenValues
}

/**
 * Applies at most `ROWS_AT_ONCE` wishes of a person inside a writing transaction, each by the rules of `EditAsset`,
 * `CreateAsset`, `DeleteAsset`, `RestoreAsset` and `UnpinField`, and answers what became of each in their order. An asset must not
 * occur twice. `openSet` is called when there is something to write.
 */
export async function editMany(
  trx: TransactionClientContract,
  edits: readonly RowEdit[],
  author: Author,
  openSet: () => Promise<number>
): Promise<RowResult[]> {
  const known = await loadKnown(trx, edits, author.now)
  const rows = edits.map((edit, index) => attempt(() => planRow(edit, -1 - index, known, author)))
  const planned = rows.filter((row): row is PlannedRow => !isFault(row))
  const changed = planned.filter((row) => row.change !== null)

  await deletePinsOfMany(
    trx,
    planned.flatMap(({ asset, touched }) => (asset ? touched.map((field) => ({ assetId: asset.id, field })) : []))
  )
  const ids =
    changed.length === 0
      ? []
      : await writeChanges(
          trx,
          await openSet(),
          changed.map(({ change }) => change!),
          author.now
        )
  const idOf = new Map<PlannedRow, number>(changed.map((row, index) => [row, ids[index]!]))
  await savePinsOfMany(
    trx,
    planned.flatMap((row) => row.pins.map((pin) => ({ ...pin, assetId: row.asset?.id ?? idOf.get(row)! }))),
    author.actor.userId
  )
  return rows.map((row, index) => toResult(row, edits[index]!, isFault(row) ? undefined : idOf.get(row)))
}

async function loadKnown(trx: TransactionClientContract, edits: readonly RowEdit[], now: string): Promise<Known> {
  const ids = edits.flatMap((edit) => (edit.kind === 'create' ? [] : [edit.id]))
  const assets = await loadAssets(trx, ids)
  const records = await loadRecords(trx, await recordIdsOf(trx, [...assets.keys()]), null)
  const wanted = edits.map((edit) => wantedValues(edit, assets))
  const serials = wanted.flatMap(({ serialNumber }) => serialNumber ?? [])
  return {
    assets,
    records: Map.groupBy(records, ({ assetId }) => assetId!),
    surroundings: await loadSurroundings(trx, records, serials, now),
    taken: await TakenValues.load(trx, wanted),
  }
}

function wantedValues(edit: RowEdit, assets: ReadonlyMap<number, StoredAsset>): Partial<AssetValues> {
  switch (edit.kind) {
    case 'create':
      return withNormalSerial(edit.values)
    case 'edit':
      return withNormalSerial(edit.patch)
    case 'delete':
    case 'restore':
    case 'unpin':
      return assets.get(edit.id)?.view ?? {}
  }
}

function planRow(edit: RowEdit, freshOwner: number, known: Known, author: Author): PlannedRow {
  if (edit.kind === 'create') {
    return planCreation(edit, freshOwner, known, author)
  }
  const asset = known.assets.get(edit.id)
  if (!asset || (edit.kind !== 'restore' && !asset.view.isActive)) {
    throw new AssetNotFound(edit.id)
  }
  const records = known.records.get(asset.id) ?? []
  switch (edit.kind) {
    case 'edit':
      return planEdit(asset, records, edit.patch, known, author)
    case 'unpin':
      return planRelease(asset, records, edit.fields, known)
    default:
      return planActivity(asset, records, edit.kind === 'restore', known)
  }
}

function planCreation(
  edit: Extract<RowEdit, { kind: 'create' }>,
  owner: number,
  { surroundings, taken }: Known,
  author: Author
): PlannedRow {
  const values = withNormalSerial(edit.values)
  taken.check(values, owner)
  const { draft, pins } = draftOf(values, author.actor, author.now, edit.until)
  const change = toChange(null, computeAsset(draft, [], owner, surroundings), edit.reason ?? author.reason)!
  taken.take({}, change.view, { id: owner, hostname: change.view.hostname })
  return { change, asset: null, pins, touched: [] }
}

function planEdit(
  asset: StoredAsset,
  records: readonly SourceRecord[],
  patch: Partial<AssetValues>,
  { surroundings, taken }: Known,
  author: Author
): PlannedRow {
  const { values, touched, pins, formerPins, edited } = planPersonEdit(asset, records, patch, author)
  taken.check(values, asset.id)
  const change = toChange(asset, computeAsset(edited, records, asset.id, surroundings), author.reason)
  if (change) {
    taken.take(asset.view, change.view, { id: asset.id, hostname: change.view.hostname })
  }
  return { change: change && { ...change, detail: { pins: formerPins } }, asset, pins, touched }
}

/** The fields take the values that the rules give them. */
function planRelease(
  asset: StoredAsset,
  records: readonly SourceRecord[],
  fields: readonly string[],
  { surroundings, taken }: Known
): PlannedRow {
  const former = asset.pins.filter((pin) => fields.includes(pin.field))
  const released = { ...asset, pins: asset.pins.filter((pin) => !former.includes(pin)) }
  const change = toChange(asset, computeAsset(released, records, asset.id, surroundings), null)
  if (change) {
    taken.take(asset.view, change.view, { id: asset.id, hostname: change.view.hostname })
  }
  return { change: change && { ...change, detail: { pins: former } }, asset, pins: [], touched: fields }
}

function planActivity(
  asset: StoredAsset,
  records: readonly SourceRecord[],
  isActive: boolean,
  { surroundings, taken }: Known
): PlannedRow {
  if (asset.view.isActive === isActive) {
    return { change: null, asset, pins: [], touched: [] }
  }
  const computed = computeAsset({ ...asset, view: { ...asset.view, isActive } }, records, asset.id, surroundings)
  const { serialNumber, assetTag } = computed.view
  if (isActive) {
    taken.check({ serialNumber, assetTag }, asset.id)
  }
  const view = isActive ? computed.view : { ...asset.view, isActive }
  const holder = { id: asset.id, hostname: view.hostname }
  taken.take(asset.view, isActive ? view : { ...view, serialNumber: null, assetTag: null, macAddress: null }, holder)
  return { change: toChange(asset, { ...computed, view }, null), asset, pins: [], touched: [] }
}

function attempt(plan: () => PlannedRow): PlannedRow | RowFault {
  try {
    return plan()
  } catch (error) {
    if (isFault(error)) {
      return error
    }
    throw error
  }
}

function isFault(value: unknown): value is RowFault {
  return value instanceof AssetNotFound || value instanceof InvalidValue || value instanceof ValueTaken
}

const OUTCOMES = {
  create: 'created',
  edit: 'updated',
  unpin: 'updated',
  delete: 'deleted',
  restore: 'restored',
} as const

function toResult(row: PlannedRow | RowFault, edit: RowEdit, writtenId: number | undefined): RowResult {
  if (isFault(row)) {
    return { outcome: 'refused', assetId: edit.kind === 'create' ? null : edit.id, fault: row }
  }
  const { change, asset } = row
  const { before, after } = change ?? { before: {}, after: {} }
  return { outcome: change ? OUTCOMES[edit.kind] : 'unchanged', assetId: writtenId ?? asset!.id, before, after }
}
