import { type InventoryStats } from '#services/search/inventory_stats'
import { counts, integer, shape } from './shape.js'

type Stats = Awaited<ReturnType<InventoryStats['handle']>>

/** How many items there are, of what kind and where. */
export const statsShape = shape<Stats>('Stats', {
  total: integer((stats) => stats.total),
  by_type: counts((stats) => stats.byType),
  by_room: counts((stats) => stats.byRoom),
  by_source: counts((stats) => stats.bySource),
  by_presence: counts((stats) => stats.byPresence),
  open_reviews: integer((stats) => stats.openReviews),
})
