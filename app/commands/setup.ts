import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { ReachDatabase } from '#services/operations/reach_database'
import { withSetupLock } from '#services/operations/setup_lock'

/** What every start does first, in one process: both steps change nothing where nothing is missing. */
const STEPS = [['migration:run', '--force', '--compact-output'], ['inventory:seed']] as const

export default class Setup extends BaseCommand {
  static commandName = 'setup'
  static description = 'Bring the database to the newest schema and add what a first start needs'
  static options: CommandOptions = { startApp: true }

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
    await withSetupLock(() => this.#takeSteps())
  }

  async #takeSteps() {
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
