import { type Infer } from '@vinejs/vine/types'
import { type AssetFilter } from '#services/search/asset_query'
import { type exportItemsValidator } from '#validators/item'

type ItemFilters = Omit<Infer<typeof exportItemsValidator>, 'sort'>

/** Validated filters of the API in the words of the inventory. */
export function toAssetFilter(query: ItemFilters): AssetFilter {
  return {
    search: query.search,
    types: query.item_type,
    room: query.room ?? query.room_location,
    source: query.source,
    status: query.status,
    presence: query.presence,
    activeOnly: query.active_only ?? true,
  }
}
