import { type Asset } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { type InventoryAnswer, type InventoryQuery } from '#services/console/read_inventory'
import { type AssetView } from '#services/search/asset_query'
import { toInventoryColumns, toSortOptions } from './inventory_columns.js'
import { toChips, toChoices } from './inventory_facets.js'
import { exportUrl, inventoryUrl, isNarrowed } from './inventory_query.js'
import { highlighterFor, type Highlighter } from './matched_parts.js'

/** Everything that the page of the inventory shows, with the addresses of its links. */
export function toInventoryPage({ query, assets, feeds, nextCursor, total, facets }: InventoryAnswer) {
  const highlighter = highlighterFor(query.search)
  const count = `${total.count.toLocaleString('en')}${total.exact ? '' : '+'}`
  const noun = total.count === 1 && total.exact ? 'asset' : 'assets'
  return {
    query,
    rows: assets.map((asset) => toRow(asset, feeds.get(asset.id) ?? [], query.search, highlighter)),
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
    exportHrefs: { csv: exportUrl(query, 'csv'), json: exportUrl(query, 'json') },
  }
}

/** One asset of another list than the inventory, with the parts of it marked that `search` matched. */
export function toInventoryRow(asset: AssetView, feeds: readonly string[], search: string) {
  return toRow(asset, feeds, search, highlighterFor(search))
}

function toRow(asset: AssetView, feeds: readonly string[], search: string | undefined, mark: Highlighter) {
  const product = toProduct(asset)
  const place = [asset.room, asset.subLocation].filter(Boolean).join(' · ') || null
  const mac = asset.macAddress && formatMacAddress(asset.macAddress)
  const shown = [asset.hostname, product, place, mac, asset.serialNumber, asset.assetTag, asset.ipAddress]
  const isSeen = search === undefined || shown.some((text) => mark(text) !== undefined)
  return {
    asset,
    product,
    place,
    mac,
    mark,
    matchNote: isSeen ? null : 'Matches one of its other MAC addresses.',
    sources: toMarks(asset, feeds),
  }
}

/** Vendor and model; the vendor alone once where the model begins with it. */
function toProduct({ vendor, model }: Asset): string | null {
  const repeats = vendor && model?.toLowerCase().startsWith(vendor.toLowerCase())
  return [repeats ? null : vendor, model].filter(Boolean).join(' ') || null
}

/** The mark of each source that feeds the asset, and a person's first where one added it. */
function toMarks({ origin }: Asset, feeds: readonly string[]): readonly string[] {
  return origin === 'person' ? ['manual', ...feeds] : feeds
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
    presence && `presence ${presence.replaceAll('_', ' ')}`,
  ].filter(Boolean)
  return `Looked for ${parts.join('; ')}.`
}
