import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { printSeeding } from '#commands/_seed_summary'
import { type WantedAccount } from '#services/identity/ensure_account'
import { SeedInventory } from '#services/inventory/seed_inventory'
import { ownMigrations } from '#services/operations/own_migrations'
import { ReachDatabase } from '#services/operations/reach_database'
import { aloneInOneTransaction } from '#services/operations/setup_lock'
import { runMigrations } from '#services/transfer/run_migrations'
import { seedShape } from '#transformers/seed_transformer'

export default class Setup extends BaseCommand {
  static commandName = 'setup'
  static description = 'Bring the database to the newest schema and add what a first start needs'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Every start does this first. It is one transaction: a process that is killed leaves the database as it was, and of',
    'two that start together one does the work. Exit codes: 0 done, 1 failed, 3 wrong usage.',
    '{{ binaryName }} setup --wait=25',
  ]

  @flags.number({ description: 'Seconds to wait for a database server that does not answer yet', default: 0 })
  declare wait: number

  @flags.boolean({ description: 'Print what was done as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(reachDatabase: ReachDatabase, seedInventory: SeedInventory) {
    const fault = await reachDatabase.handle(this.wait * 1000)
    if (fault !== null) {
      this.logger.logError(`laim: ${fault}`)
      this.exitCode = 1
      return
    }
    // Not imported: commands are listed without settings too, and configuration needs them.
    const superuser = this.app.config.get<WantedAccount>('superuser')
    const { migrations, seeding } = await aloneInOneTransaction(async (trx) => ({
      migrations: await runMigrations(trx, await ownMigrations()),
      seeding: await seedInventory.handle({ superuser, samples: false }),
    }))
    if (this.json) {
      this.logger.log(JSON.stringify({ migrations, ...seedShape.toJson(seeding) }))
      return
    }
    if (migrations.length > 0) {
      this.logger.info(`ran ${migrations.length} migrations`)
    }
    printSeeding(this, seeding)
  }

  async completed() {
    return reportFault(this)
  }
}
