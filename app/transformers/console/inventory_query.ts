import { ASSET_STATUSES, PRESENCE_FILTERS } from '#core/assets/asset'
import { type InventoryQuery } from '#services/console/read_inventory'

export const SORTS = [
  'hostname',
  'item_type',
  'serial_number',
  'ip_address',
  'asset_tag',
  'room_location',
  'updated_at',
] as const

const DEFAULT_SORT = 'hostname'

/** Reads the query string of a page: unlike the API it overlooks what it does not understand. */
export function readInventoryQuery(qs: Record<string, unknown>): InventoryQuery {
  return {
    search: text(qs.search, 500),
    item_type: [...new Set([qs.item_type].flat().flatMap((name) => text(name, 64) ?? []))],
    room: text(qs.room, 64),
    source: text(qs.source, 64),
    status: ASSET_STATUSES.find((status) => status === qs.status),
    presence: PRESENCE_FILTERS.find((presence) => presence === qs.presence),
    deleted: qs.deleted === '1',
    sort: SORTS.flatMap((name) => [name, `-${name}`]).find((name) => name === qs.sort) ?? DEFAULT_SORT,
    cursor: text(qs.cursor, 2000),
  }
}

/** The address of the page with some of it changed. Another filter or order starts at the first page. */
export function inventoryUrl(query: InventoryQuery, changes: Partial<InventoryQuery> = {}): string {
  const { deleted, sort, ...rest } = { ...query, cursor: undefined, ...changes }
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    for (const one of [value].flat()) {
      if (one !== undefined) params.append(name, one)
    }
  }
  if (deleted) params.set('deleted', '1')
  if (sort !== DEFAULT_SORT) params.set('sort', sort)
  return params.size === 0 ? '/' : `/?${params}`
}

/** Where the assets of the page, of all its pages, come as a file. The names are those of the API. */
export function exportUrl({ deleted, cursor: _cursor, ...query }: InventoryQuery, type: 'csv' | 'json'): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) {
      if (one !== undefined) params.append(name, one)
    }
  }
  if (deleted) params.set('active_only', 'false')
  return `/export/${type}?${params}`
}

/** True if anything narrows the list. */
export function isNarrowed({ search, item_type: types, room, source, status, presence }: InventoryQuery): boolean {
  return [search, types[0], room, source, status, presence].some((value) => value !== undefined)
}

function text(value: unknown, maxLength: number): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim().slice(0, maxLength) : ''
  return trimmed === '' ? undefined : trimmed
}
