import { type Asset, FIELD_COLUMNS } from '#core/assets/asset'
import { toIso } from '#database/columns'
import { type AssetView } from './asset_query.js'

/** The columns of a row that `toAsset` reads, of the table or subquery `a`. */
export const ASSET_COLUMNS = [
  'id',
  'revision',
  ...Object.values(FIELD_COLUMNS),
  'presence',
  'source',
  'source_ref',
  'origin',
  'is_active',
  'merged_into',
  'created_at',
  'updated_at',
  'deleted_at',
]
  .map((column) => `a.${column}`)
  .join(', ')

type FieldColumns = { [Field in keyof typeof FIELD_COLUMNS as (typeof FIELD_COLUMNS)[Field]]: Asset[Field] }

/** A row of `assets` as either database returns it. */
export interface AssetRow extends FieldColumns {
  readonly id: number
  readonly revision: number
  readonly presence: Asset['presence']
  readonly source: string
  readonly source_ref: string | null
  readonly origin: Asset['origin']
  readonly is_active: boolean | number
  readonly merged_into: number | null
  readonly created_at: Date | string
  readonly updated_at: Date | string
  readonly deleted_at: Date | string | null
  /** See `last_synced.ts`. */
  readonly last_synced_at: Date | string | null
}

export function toAsset(row: AssetRow): AssetView {
  return {
    id: row.id,
    revision: row.revision,
    hostname: row.hostname,
    assetType: row.asset_type,
    serialNumber: row.serial_number,
    macAddress: row.mac_address,
    assetTag: row.asset_tag,
    room: row.room,
    subLocation: row.sub_location,
    notes: row.notes,
    status: row.status,
    presence: row.presence,
    ipAddress: row.ip_address,
    vendor: row.vendor,
    model: row.model,
    firmwareVersion: row.firmware_version,
    location: row.location,
    source: row.source,
    sourceRef: row.source_ref,
    origin: row.origin,
    isActive: Boolean(row.is_active),
    mergedInto: row.merged_into,
    createdAt: toIso(row.created_at)!,
    updatedAt: toIso(row.updated_at)!,
    deletedAt: toIso(row.deleted_at),
    lastSyncedAt: toIso(row.last_synced_at),
  }
}
