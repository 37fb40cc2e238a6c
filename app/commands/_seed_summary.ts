import { type BaseCommand } from '@adonisjs/core/ace'
import { type SeedReport } from '#services/inventory/seed_inventory'

/** Prints what was added; a generated password is shown here and nowhere else. */
export function printSeeding(command: BaseCommand, { itemTypes, rooms, items, accounts }: SeedReport): void {
  const { logger } = command
  if (itemTypes + rooms + items > 0) {
    logger.success(`added ${itemTypes} item types, ${rooms} rooms, ${items} items`)
  }
  for (const { username, role, generatedPassword } of accounts) {
    const secret = generatedPassword ? `, password ${generatedPassword} (shown only now)` : ''
    logger.success(`added the ${role} ${username}${secret}`)
  }
  if (itemTypes + rooms + items + accounts.length === 0) {
    logger.info('nothing was missing')
  }
}
