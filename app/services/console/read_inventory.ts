import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { type AssetStatus, type PresenceFilter } from '#core/assets/asset'
import { ListRooms } from '#services/inventory/list_rooms'
import { findFeeds } from '#services/search/find_feeds'
import { InventoryStats } from '#services/search/inventory_stats'
import { type AssetPage, ListAssets } from '#services/search/list_assets'
import { ConfiguredSources } from '#services/sources/configured_sources'

const PAGE_SIZE = 50

/** What the address of the inventory says: the state of the page is its URL. Names are those of the API. */
export interface InventoryQuery {
  readonly search?: string
  readonly item_type: readonly string[]
  readonly room?: string
  readonly source?: string
  readonly status?: AssetStatus
  readonly presence?: PresenceFilter
  /** Deleted assets are listed too. */
  readonly deleted: boolean
  readonly sort: string
  readonly cursor?: string
}

/** What the filters offer. The numbers hold under the present search; the choice of types is left aside in them. */
export interface Facets {
  readonly byType: Readonly<Record<string, number>>
  readonly rooms: readonly string[]
  readonly sources: readonly string[]
}

export interface InventoryAnswer extends AssetPage {
  /** The sources that feed each asset, by id. */
  readonly feeds: ReadonlyMap<number, readonly string[]>
  readonly query: InventoryQuery
  readonly facets: Facets
}

/** Reads what one page of the inventory shows: its rows, and the numbers and names of its filters. */
@inject()
export class ReadInventory {
  constructor(
    private listAssets: ListAssets,
    private stats: InventoryStats,
    private listRooms: ListRooms,
    private sources: ConfiguredSources
  ) {}

  async handle(query: InventoryQuery): Promise<InventoryAnswer> {
    const { search, room, source, status, presence } = query
    const filter = { search, room, source, status, presence, activeOnly: !query.deleted }
    const types = query.item_type.length === 0 ? undefined : [...query.item_type]
    const [page, { byType }, rooms] = await Promise.all([
      this.listAssets.handle({ ...filter, types, sort: query.sort, limit: PAGE_SIZE, cursor: query.cursor }),
      this.stats.handle(filter),
      this.listRooms.handle(),
    ])
    const feeds = await findFeeds(
      db.connection(),
      page.assets.map(({ id }) => id)
    )
    return {
      query,
      ...page,
      feeds,
      facets: {
        byType,
        rooms: rooms.map(({ name }) => name),
        sources: this.sources.list().map(({ name }) => name),
      },
    }
  }
}
