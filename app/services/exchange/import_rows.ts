import { type Hash } from 'node:crypto'
import { type AssetValues } from '#core/assets/asset'
import { type FieldFault } from '#core/assets/errors'
import { editMany, type RowEdit, type RowResult } from '#services/inventory/edit_many'
import { type NewAsset } from '#services/inventory/create_asset'
import { type ManyWriter } from '#services/inventory/write_many'
import { type StoredAsset } from '#services/sync/store/asset_queries'
import { type ImportFault } from './errors.js'
import { cellOf, type ImportColumns } from './import_columns.js'
import { matchRows, toKeyValue } from './match_rows.js'
import { type CsvRecord } from './read_csv.js'

/** Checks cells, under the API's names, as the API checks the fields of a body. Null is an empty cell. */
export type RowReader = (
  cells: Readonly<Record<string, string | null>>,
  isNew: boolean
) => Promise<{ readonly values: Partial<AssetValues> } | { readonly faults: readonly FieldFault[] }>

/** A row that adds or changes an asset. */
export interface PlannedImportRow {
  readonly line: number
  readonly action: 'create' | 'update'
  /** Null: the asset is new. */
  readonly assetId: number | null
  readonly before: Record<string, unknown>
  readonly after: Record<string, unknown>
}

/** What an import has seen so far. */
export interface ImportState {
  readonly columns: ImportColumns
  readonly counts: { rows: number; created: number; updated: number; unchanged: number; refused: number }
  readonly rows: PlannedImportRow[]
  readonly faults: ImportFault[]
  /** Of every row that adds or changes an asset, so that a plan is known again. */
  readonly digest: Hash
  /** The line on which each key stood. */
  readonly seen: Map<string, number>
}

interface KeyedRow {
  readonly record: CsvRecord
  /** Null: the row describes a new asset without an id. */
  readonly keyValue: string | null
}

const MOST_ROWS_SHOWN = 1000
const MOST_FAULTS_LISTED = 10_000

/** Reads, checks and writes some rows; what is wrong with them goes into the state. */
export async function importRows(
  { trx, author, openSet }: ManyWriter,
  state: ImportState,
  records: readonly CsvRecord[],
  readRow: RowReader
): Promise<void> {
  const keyed = records.flatMap((record) => readKey(state, record))
  const values = keyed.flatMap(({ keyValue }) => keyValue ?? [])
  const matches = await matchRows(trx, state.columns.key, values)

  const wishes: { readonly record: CsvRecord; readonly edit: RowEdit }[] = []
  for (const { record, keyValue } of keyed) {
    const asset = keyValue === null ? null : (matches.get(keyValue) ?? null)
    const edit = await toEdit(state, record, asset, readRow)
    if (edit) {
      wishes.push({ record, edit })
    }
  }
  const results = await editMany(
    trx,
    wishes.map(({ edit }) => edit),
    author,
    openSet
  )
  results.forEach((result, index) => take(state, wishes[index]!.record, result))
}

function readKey(state: ImportState, record: CsvRecord): KeyedRow[] {
  const { key, keyIndex, names } = state.columns
  if (record.cells.length !== names.length) {
    const message = `The row has ${record.cells.length} cells, the header ${names.length}`
    return refuse(state, record, [{ field: 'file', message, rule: 'columns' }])
  }
  const text = record.cells[keyIndex]!
  if (text.trim() === '' && key === 'id') {
    return [{ record, keyValue: null }]
  }
  if (text.trim() === '') {
    const message = `The row has no ${key}: give it one, or import by another key`
    return refuse(state, record, [{ field: key, message, rule: 'required' }])
  }
  const keyValue = toKeyValue(key, text)
  if (keyValue === null) {
    return refuse(state, record, [{ field: key, message: `"${text.slice(0, 64)}" is no ${key}`, rule: 'number' }])
  }
  const earlier = state.seen.get(keyValue)
  if (earlier !== undefined) {
    const message = `Line ${earlier} is about the same ${key} already`
    return refuse(state, record, [{ field: key, message, rule: 'distinct' }])
  }
  state.seen.set(keyValue, record.line)
  return [{ record, keyValue }]
}

/** What a row wants; null when nothing, or when it is refused. */
async function toEdit(
  state: ImportState,
  record: CsvRecord,
  asset: StoredAsset | null,
  readRow: RowReader
): Promise<RowEdit | null> {
  const { key, keyIndex } = state.columns
  const id = record.cells[keyIndex]!.trim()
  if (key === 'id' && id !== '' && !asset?.view.isActive) {
    const message = asset ? `Item ${id} was deleted: restore it first` : `There is no item ${id}`
    refuse(state, record, [{ field: 'id', message, rule: 'exists' }])
    return null
  }
  const cells = changedCells(state.columns, record, asset)
  if (asset && Object.keys(cells).length === 0) {
    state.counts.unchanged += 1
    return null
  }
  const read = await readRow(cells, asset === null)
  if ('faults' in read) {
    refuse(state, record, read.faults)
    return null
  }
  return asset
    ? { kind: 'edit', id: asset.id, patch: read.values }
    : { kind: 'create', values: read.values as NewAsset }
}

/** The cells that say something else than the asset does, its key aside; of a new one, those that say something. */
function changedCells({ names, keyIndex }: ImportColumns, { cells }: CsvRecord, asset: StoredAsset | null) {
  const changed: Record<string, string | null> = {}
  names.forEach((name, index) => {
    const text = cells[index]!.trim() === '' ? null : cells[index]!
    const isKey = asset !== null && index === keyIndex
    if (name !== null && !isKey && text !== (asset ? cellOf(asset.view, name) : null)) {
      changed[name] = text
    }
  })
  return changed
}

function take(state: ImportState, record: CsvRecord, result: RowResult): void {
  if (result.outcome === 'refused') {
    const { fault } = result
    const faults = 'faults' in fault ? fault.faults : [{ field: 'file', message: fault.message, rule: 'exists' }]
    refuse(state, record, faults)
    return
  }
  if (result.outcome === 'unchanged') {
    state.counts.unchanged += 1
    return
  }
  const isNew = result.outcome === 'created'
  const { assetId, before, after } = result
  const action = isNew ? 'create' : 'update'
  const row: PlannedImportRow = { line: record.line, action, assetId: isNew ? null : assetId, before, after }
  state.counts[isNew ? 'created' : 'updated'] += 1
  state.digest.update(JSON.stringify(row))
  if (state.rows.length < MOST_ROWS_SHOWN) {
    state.rows.push(row)
  }
}

function refuse(state: ImportState, { line }: CsvRecord, faults: readonly FieldFault[]): [] {
  state.counts.refused += 1
  for (const { field, message, rule } of faults) {
    if (state.faults.length < MOST_FAULTS_LISTED) {
      const index = field === state.columns.key ? state.columns.keyIndex : state.columns.names.indexOf(field)
      const column = index === -1 ? null : index + 1
      const place = column === null ? `Line ${line}` : `Line ${line}, column ${column}`
      state.faults.push({ field, message: `${place}: ${message}`, rule, line, column })
    }
  }
  return []
}
