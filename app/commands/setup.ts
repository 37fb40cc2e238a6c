import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { ownMigrations } from '#services/operations/own_migrations'
import { ReachDatabase } from '#services/operations/reach_database'
import { aloneInOneTransaction } from '#services/operations/setup_lock'
import { runMigrations } from '#services/transfer/run_migrations'

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

  async run() {
    const reachDatabase = await this.app.container.make(ReachDatabase)
    const fault = await reachDatabase.handle(this.wait * 1000)
    if (fault !== null) {
      this.logger.logError(`laim: ${fault}`)
      this.exitCode = 1
      return
    }
    await aloneInOneTransaction(async (trx) => {
      const fresh = await runMigrations(trx, await ownMigrations())
      if (fresh.length > 0) {
        this.logger.info(`ran ${fresh.length} migrations`)
      }
      const seeding = await this.kernel.exec('inventory:seed', [])
      if (seeding.exitCode) {
        throw seeding.error ?? new Error('The first superuser could not be made')
      }
    })
  }

  async completed() {
    return reportFault(this)
  }
}
