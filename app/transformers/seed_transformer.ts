import { type SeedReport } from '#services/inventory/seed_inventory'
import { integer, listOf, shape } from './shape.js'

/** What seeding added. */
export const seedShape = shape<SeedReport>('Seed', {
  item_types: integer((report) => report.itemTypes),
  rooms: integer((report) => report.rooms),
  items: integer((report) => report.items),
  accounts: listOf({ type: 'object' }, (report) =>
    report.accounts.map(({ username, role, generatedPassword }) => ({
      username,
      role,
      generated_password: generatedPassword,
    }))
  ),
})
