import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { readId } from '#commands/_read_id'
import { reportFault } from '#commands/_report_fault'
import { printRunSummary } from '#commands/_run_summary'
import { FindRun } from '#services/sync/find_run'
import { runShape } from '#transformers/run_transformer'

export default class SyncStatus extends BaseCommand {
  static commandName = 'sync:status'
  static description = 'Show one run'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Id of the run', required: false })
  declare id?: string

  @flags.boolean({ description: 'Print the run as JSON' })
  declare json?: boolean

  @inject()
  async run(findRun: FindRun) {
    const found = await findRun.handle(readId('run', this.id))
    if (this.json) {
      this.logger.log(JSON.stringify(runShape.toJson(found)))
    } else {
      printRunSummary(this, found)
    }
  }

  async completed() {
    return reportFault(this)
  }
}
