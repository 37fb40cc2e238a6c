import { type Asset } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { toInventoryColumns, toSortOptions } from './inventory_columns.js'
import { toChips, toChoices, type Facets } from './inventory_facets.js'
import { inventoryUrl, isNarrowed, type InventoryQuery } from './inventory_query.js'
import { highlighterFor, type Highlighter } from './matched_parts.js'

type ListedAsset = Asset & { readonly lastSyncedAt: string | null }

/** What one page of the inventory is made from. */
export interface InventoryAnswer {
  readonly query: InventoryQuery
  readonly assets: readonly ListedAsset[]
  readonly nextCursor: string | null
  readonly total: { readonly count: number; readonly exact: boolean }
  readonly facets: Facets
}

/** Everything that the page of the inventory shows, with the addresses of its links. */
export function toInventoryPage({ query, assets, nextCursor, total, facets }: InventoryAnswer) {
  const highlighter = highlighterFor(query.search)
  const count = `${total.count.toLocaleString('en')}${total.exact ? '' : '+'}`
  const noun = total.count === 1 && total.exact ? 'asset' : 'assets'
  return {
    query,
    rows: assets.map((asset) => toRow(asset, query, highlighter)),
    columns: toInventoryColumns(query),
    sortOptions: toSortOptions(),
    chips: toChips(query, facets),
    choices: toChoices(query, facets),
    isNarrowed: isNarrowed(query),
    countText: `${count} ${noun}`,
    pageText: nextCursor || query.cursor ? `${assets.length} of ${count} ${noun} on this page` : `All ${count} ${noun}`,
    firstHref: query.cursor === undefined ? null : inventoryUrl(query),
    nextHref: nextCursor === null ? null : inventoryUrl(query, { cursor: nextCursor }),
    understood: explainSearch(query),
  }
}

function toRow(asset: ListedAsset, query: InventoryQuery, mark: Highlighter) {
  const product = [asset.vendor, asset.model].filter(Boolean).join(' ') || null
  const place = [asset.room, asset.subLocation].filter(Boolean).join(' · ') || null
  const mac = asset.macAddress && formatMacAddress(asset.macAddress)
  const shown = [asset.hostname, product, place, mac, asset.serialNumber, asset.assetTag, asset.ipAddress]
  const isSeen = query.search === undefined || shown.some((text) => mark(text) !== undefined)
  return {
    asset,
    product,
    place,
    mac,
    mark,
    matchNote: isSeen ? null : 'Matches one of its other MAC addresses.',
    sources: toFeeds(asset),
  }
}

/** The leading source, and `merged` when it is not the only one that feeds the asset. */
function toFeeds({ source, sourceRef }: Asset): string[] {
  if (source !== 'merged') {
    return [source]
  }
  return [sourceRef?.slice(0, sourceRef.indexOf(':')) ?? 'manual', source]
}

/** What was looked for, in a sentence, so that a person sees why nothing was found. */
function explainSearch({ search, item_type: types, room, source, status, presence }: InventoryQuery): string {
  const words = search?.split(/\s+/) ?? []
  const parts = [
    words.length > 0 && `${words.map((word) => `“${word}”`).join(' and ')} in name, serial, tag, place, IP, model, vendor or MAC`,
    types.length > 0 && `type ${types.join(' or ')}`,
    room && `room ${room}`,
    source && `source ${source}`,
    status && `status ${status.replaceAll('_', ' ')}`,
    presence && `presence ${presence}`,
  ].filter(Boolean)
  return `Looked for ${parts.join('; ')}.`
}
