import { type SeedReport } from '#services/inventory/seed_inventory'
import { anything, integer, shape } from './shape.js'

/** What seeding added. */
export const seedShape = shape<SeedReport>('Seed', {
  item_types: integer((report) => report.itemTypes),
  rooms: integer((report) => report.rooms),
  items: integer((report) => report.items),
  accounts: anything((report) =>
    report.accounts.map(({ username, role, generatedPassword }) => ({
      username,
      role,
      generated_password: generatedPassword,
    }))
  ),
})
