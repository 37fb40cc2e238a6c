import { ASSET_TYPES } from '#core/assets/asset_type'
import { toIso } from '#database/columns'
import { type V1Row } from './read_v1.js'

/** An item of LAIM 1.0 under the API's names, all as text. */
export interface V1Item {
  readonly id: number
  readonly isActive: boolean
  /** True where a sync of 1.0 may have written the values: the sources know better. */
  readonly isSynced: boolean
  readonly cells: Readonly<Record<string, string | null>>
  /** Where 1.0 had it from, as a sentence. */
  readonly provenance: string
}

/** The column under each of the API's names; the first that the row has. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  hostname: ['hostname'],
  serial_number: ['serial_number', 'serial_num'],
  mac_address: ['mac_address'],
  asset_tag: ['asset_tag'],
  item_type: ['item_type'],
  room_location: ['room_location', 'room'],
  sub_location: ['sub_location'],
  notes: ['notes'],
  ip_address: ['ip_address'],
  vendor: ['vendor'],
  model: ['model'],
  firmware_version: ['firmware_version'],
}

/** What every reason of an imported item begins with: by it a second import knows the first. */
export function markOf(id: number): string {
  return `LAIM 1.0 item ${id}:`
}

export function toItem(row: V1Row): V1Item {
  const id = Number(row.id)
  const cells = Object.fromEntries(
    Object.entries(COLUMNS).map(([name, columns]) => [name, textOf(row, columns)] as const)
  )
  const source = textOf(row, ['source']) ?? 'manual'
  const sourceId = textOf(row, ['source_id'])
  const syncedAt = toIso(row.last_synced_at)
  const known = [source, sourceId && `its id there ${sourceId}`, syncedAt && `synced ${syncedAt}`]
  return {
    id,
    isActive: row.is_active !== false && (row.deleted_at ?? null) === null,
    isSynced: source !== 'manual',
    cells: {
      ...cells,
      hostname: cells.hostname ?? cells.serial_number ?? `item-${id}`,
      item_type: toType(cells.item_type),
      room_location: cells.room_location?.replace(/^room_/i, '') ?? null,
    },
    provenance: `${markOf(id)} ${known.filter(Boolean).join(', ')}`,
  }
}

/** SQLAlchemy stores a type by its name in the code or by its label: `SMART_TV` and `Smart TV` are one. */
function toType(text: string | null | undefined): string {
  const letters = (type: string) => type.toLowerCase().replaceAll(/[^a-z]/g, '')
  const known = ASSET_TYPES.find(({ name }) => letters(name) === letters(text ?? ''))
  return known?.name ?? text ?? 'Unknown'
}

function textOf(row: V1Row, columns: readonly string[]): string | null {
  const value = row[columns.find((column) => (row[column] ?? null) !== null) ?? ''] ?? null
  const text = value === null ? '' : String(value).trim()
  return text === '' ? null : text
}
