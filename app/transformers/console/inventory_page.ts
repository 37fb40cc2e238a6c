import { type Asset } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { type InventoryAnswer, type InventoryQuery } from '#services/console/read_inventory'
import { type AssetView } from '#services/search/asset_query'
import { toInventoryColumns, toSortOptions } from './inventory_columns.js'
import { toChips, toChoices } from './inventory_facets.js'
import { inventoryUrl, isNarrowed } from './inventory_query.js'
import { highlighterFor, type Highlighter } from './matched_parts.js'

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

function toRow(asset: AssetView, query: InventoryQuery, mark: Highlighter) {
  const product = toProduct(asset)
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

/** Vendor and model; the vendor alone once where the model begins with it. */
function toProduct({ vendor, model }: Asset): string | null {
  const repeats = vendor && model?.toLowerCase().startsWith(vendor.toLowerCase())
  return [repeats ? null : vendor, model].filter(Boolean).join(' ') || null
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
    words.length > 0 &&
      `${words.map((word) => `“${word}”`).join(' and ')} in name, serial, tag, place, IP, model, vendor or MAC`,
    types.length > 0 && `type ${types.join(' or ')}`,
    room && `room ${room}`,
    source && `source ${source}`,
    status && `status ${status.replaceAll('_', ' ')}`,
    presence && `presence ${presence}`,
  ].filter(Boolean)
  return `Looked for ${parts.join('; ')}.`
}
