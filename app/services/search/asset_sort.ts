import { type Asset } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'

interface SortColumn {
  readonly column: string
  readonly field: keyof Asset
  readonly holds: 'text' | 'time' | 'id'
  readonly nullable: boolean
}

/** What assets can be sorted by, under the API's names. Each has an index (column, id). */
export const ASSET_SORTS = {
  hostname: { column: 'hostname', field: 'hostname', holds: 'text', nullable: false },
  id: { column: 'id', field: 'id', holds: 'id', nullable: false },
  item_type: { column: 'asset_type', field: 'assetType', holds: 'text', nullable: false },
  room_location: { column: 'room', field: 'room', holds: 'text', nullable: true },
  serial_number: { column: 'serial_number', field: 'serialNumber', holds: 'text', nullable: true },
  asset_tag: { column: 'asset_tag', field: 'assetTag', holds: 'text', nullable: true },
  ip_address: { column: 'ip_address', field: 'ipAddress', holds: 'text', nullable: true },
  created_at: { column: 'created_at', field: 'createdAt', holds: 'time', nullable: false },
  updated_at: { column: 'updated_at', field: 'updatedAt', holds: 'time', nullable: false },
} as const satisfies Record<string, SortColumn>

/**
 * An order of assets: by the bytes of the column's text or by time, then by id in the same direction. Absent values
 * come last in both directions.
 */
export interface AssetSort extends SortColumn {
  /** As the caller wrote it: `hostname`, `-updated_at`. */
  readonly name: string
  readonly descending: boolean
}

/** @throws InvalidValue of the field `sort` */
export function toAssetSort(name: string): AssetSort {
  const descending = name.startsWith('-')
  const key = descending ? name.slice(1) : name
  if (!Object.hasOwn(ASSET_SORTS, key)) {
    const names = Object.keys(ASSET_SORTS).join(', ')
    throw new InvalidValue(
      'sort',
      `Items cannot be sorted by ${key}. Sort by one of ${names}; put - before it to descend`,
      'enum'
    )
  }
  return { ...ASSET_SORTS[key as keyof typeof ASSET_SORTS], name, descending }
}
