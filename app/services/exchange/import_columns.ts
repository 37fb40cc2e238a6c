import { FIELD_COLUMNS, type AssetField } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { type AssetView } from '#core/reconcile/asset_view'
import { apiName } from '#services/inventory/check_values'
import { ImportRefused, unreadable, type ImportFault } from './errors.js'

/** By what a row says which asset it is about. */
export const IMPORT_KEYS = ['asset_tag', 'serial_number', 'id'] as const
export type ImportKey = (typeof IMPORT_KEYS)[number]

const FIELDS = new Map(
  (Object.keys(FIELD_COLUMNS) as AssetField[])
    .filter((field) => field !== 'location')
    .map((field) => [apiName(field), field])
)

/** What an export holds and nobody types. */
const COMPUTED = [
  'id',
  'presence',
  'source',
  'source_id',
  'last_synced_at',
  'is_active',
  'revision',
  'created_at',
  'updated_at',
]
const MAX_COLUMNS = 100

/** The columns of a file. `names[i]` is null where the column is passed over. */
export interface ImportColumns {
  readonly names: readonly (string | null)[]
  readonly ignored: readonly string[]
  readonly keyIndex: number
  readonly key: ImportKey
}

/** Reads the header: `Serial number` means `serial_number`. @throws ImportRefused that names each column that is unknown, twice there or missing */
export function readHeader(cells: readonly string[], key: ImportKey, line: number): ImportColumns {
  if (cells.length > MAX_COLUMNS) {
    throw unreadable('columns', `The file has ${cells.length} columns, more than ${MAX_COLUMNS}`, line)
  }
  const names = cells.map((cell) => cell.trim().toLowerCase().replace(/ +/g, '_'))
  const faults = names.flatMap((name, index): ImportFault[] => {
    const at = { field: name || 'file', line, column: index + 1 }
    if (!FIELDS.has(name) && !COMPUTED.includes(name)) {
      const message = `There is no column "${name}". There are ${[...FIELDS.keys()].join(', ')}`
      return [{ ...at, message, rule: 'unknown' }]
    }
    const isTwice = names.indexOf(name) !== index
    return isTwice ? [{ ...at, message: `The column "${name}" is there twice`, rule: 'distinct' }] : []
  })
  if (!names.includes(key)) {
    const message = `The file has no column "${key}", by which its rows are to be recognised`
    faults.push({ field: key, message, rule: 'required', line, column: null })
  }
  if (faults.length > 0) {
    throw new ImportRefused('The first line of the file must name the columns', faults)
  }
  const isIgnored = (name: string) => !FIELDS.has(name)
  return {
    names: names.map((name) => (isIgnored(name) ? null : name)),
    ignored: names.filter((name) => isIgnored(name) && name !== key),
    keyIndex: names.indexOf(key),
    key,
  }
}

/** The value of a field as an export writes it. */
export function cellOf(view: AssetView, name: string): string | null {
  const field = FIELDS.get(name)
  const value = field === undefined ? null : view[field]
  return field === 'macAddress' && value !== null ? formatMacAddress(value) : value
}
