import db from '@adonisjs/lucid/services/db'
import { type AssetFilter } from './asset_query.js'
import { AtThisMoment } from './at_this_moment.js'
import { countFacets, type Counts } from './count_facets.js'

export interface Stats {
  readonly total: number
  readonly byType: Counts
  readonly byRoom: Counts
  /** By what the assets' `source` says: `manual`, `merged` or the one source's name. */
  readonly bySource: Counts
  readonly byPresence: Counts
  readonly openReviews: number
}

const OPEN_REVIEWS = `select 'open' as name, cast(count(*) as int) as count from reviews where state = 'open'`

const known = new AtThisMoment<Stats>()

/** Counts what a filter means, by default the active assets. Each facet ignores the filter's own choice in it. */
export class InventoryStats {
  async handle(filter: AssetFilter = { activeOnly: true }): Promise<Stats> {
    return known.answer(db.connection(), JSON.stringify(filter), () => this.#count(filter))
  }

  async #count(filter: AssetFilter): Promise<Stats> {
    const client = db.connection()
    const counts = await countFacets(client, filter, ['asset_type', 'room', 'source', 'presence'], {
      reviews: OPEN_REVIEWS,
    })

    return {
      total: sumOf(counts.asset_type, filter.types),
      byType: counts.asset_type,
      byRoom: counts.room,
      bySource: counts.source,
      byPresence: counts.presence,
      openReviews: counts.reviews.open ?? 0,
    }
  }
}

function sumOf(counts: Counts, types: readonly string[] = []): number {
  const chosen = types.length > 0 ? [...new Set(types)] : Object.keys(counts)
  return chosen.reduce((sum, type) => sum + (counts[type] ?? 0), 0)
}
