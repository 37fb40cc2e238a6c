import { type Asset } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { type AssetSort } from './asset_sort.js'

/** The place of an asset in an order. `value` is what it sorts by; null is absent. */
export interface AssetPlace {
  readonly value: string | number | null
  readonly id: number
}

const MAX_ID = 2 ** 31 - 1
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** The opaque text from which the page after this asset is found, in this order only. */
export function toCursor(asset: Asset, sort: AssetSort): string {
  const value = sort.holds === 'id' ? null : asset[sort.field]
  return Buffer.from(JSON.stringify({ sort: sort.name, value, id: asset.id })).toString('base64url')
}

/** @throws InvalidValue of the field `cursor` when this is no cursor of this order */
export function readCursor(cursor: string, sort: AssetSort): AssetPlace {
  const place = parse(cursor)
  const isOfSort =
    place !== null &&
    place.sort === sort.name &&
    Number.isInteger(place.id) &&
    Number(place.id) >= 1 &&
    Number(place.id) <= MAX_ID &&
    isValueOf(sort, place.value)
  if (!isOfSort) {
    const message =
      'The cursor is none that this list gave out for this sort. Read the first page again, without a cursor'
    throw new InvalidValue('cursor', message, 'cursor')
  }
  return { value: place.value as AssetPlace['value'], id: Number(place.id) }
}

function parse(cursor: string): Record<string, unknown> | null {
  try {
    const text = Buffer.from(cursor, 'base64url').toString()
    const value: unknown = JSON.parse(text)
    const isCanonical = Buffer.from(text).toString('base64url') === cursor
    return isCanonical && typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}

function isValueOf(sort: AssetSort, value: unknown): boolean {
  if (value === null) {
    return sort.nullable || sort.holds === 'id'
  }
  if (typeof value !== 'string' || sort.holds === 'id') {
    return false
  }
  return sort.holds === 'time'
    ? TIME.test(value) && !Number.isNaN(Date.parse(value))
    : !value.includes('\0') && value.isWellFormed()
}
