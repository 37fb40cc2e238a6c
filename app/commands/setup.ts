import { BaseCommand } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'

/** What every start does first, in one process: both steps change nothing where nothing is missing. */
const STEPS = [['migration:run', '--force', '--compact-output'], ['inventory:seed']] as const

export default class Setup extends BaseCommand {
  static commandName = 'setup'
  static description = 'Bring the database to the newest schema and add what a first start needs'
  static options: CommandOptions = { startApp: true }

  async run() {
    for (const [command, ...args] of STEPS) {
      const step = await this.kernel.exec(command, args)
      if (step.exitCode) {
        this.exitCode = step.exitCode
        this.error = step.error
        return
      }
    }
  }
}
