import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { printSeeding } from '#commands/_seed_summary'
import { type WantedAccount } from '#services/identity/ensure_account'
import { SeedInventory } from '#services/inventory/seed_inventory'
import { seedShape } from '#transformers/seed_transformer'

export default class InventorySeed extends BaseCommand {
  static commandName = 'inventory:seed'
  static description = 'Add item types, rooms and the first superuser where they are missing'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'Add sample items and the accounts admin1 to admin3 too' })
  declare withSamples?: boolean

  @flags.boolean({ description: 'Print what was added as JSON' })
  declare json?: boolean

  @inject()
  async run(seedInventory: SeedInventory) {
    // Not imported: commands are listed without settings too, and configuration needs them.
    const superuser = this.app.config.get<WantedAccount>('superuser')
    const report = await seedInventory.handle({ superuser, samples: this.withSamples ?? false })
    if (this.json) {
      this.logger.log(JSON.stringify(seedShape.toJson(report)))
      return
    }
    printSeeding(this, report)
  }

  async completed() {
    return reportFault(this)
  }
}
