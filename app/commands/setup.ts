import { BaseCommand } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import db from '@adonisjs/lucid/services/db'

/** What every start does first, in one process: both steps change nothing where nothing is missing. */
const STEPS = [['migration:run', '--force', '--compact-output'], ['inventory:seed']] as const

export default class Setup extends BaseCommand {
  static commandName = 'setup'
  static description = 'Bring the database to the newest schema and add what a first start needs'
  static options: CommandOptions = { startApp: true }

  async run() {
    if (!(await this.#reachesDatabase())) {
      this.exitCode = 1
      return
    }
    for (const [command, ...args] of STEPS) {
      const step = await this.kernel.exec(command, args)
      if (step.exitCode) {
        this.exitCode = step.exitCode
        this.error = step.error
        return
      }
    }
  }

  /** Whether the database answers; if not, one line says so without its address and password. */
  async #reachesDatabase() {
    try {
      await db.rawQuery('select 1')
      return true
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'no reason given'
      this.logger.logError(`laim: the database does not answer: ${reason}. Check DATABASE_URL or POSTGRES_*`)
      return false
    }
  }
}
