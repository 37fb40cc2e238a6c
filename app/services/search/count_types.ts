import db from '@adonisjs/lucid/services/db'
import { type AssetFilter } from './asset_query.js'
import { countFacets, type Counts } from './count_facets.js'

/** Counts the assets of each type under a search and filters, whatever types the filter itself chooses. */
export class CountTypes {
  async handle(filter: AssetFilter): Promise<Counts> {
    const counts = await countFacets(db.connection(), filter, ['asset_type'])
    return counts.asset_type
  }
}
