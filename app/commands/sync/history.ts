import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { ListRuns } from '#services/sync/list_runs'
import { runShape } from '#transformers/run_transformer'

export default class SyncHistory extends BaseCommand {
  static commandName = 'sync:history'
  static description = 'Show the latest runs, newest first'
  static options: CommandOptions = { startApp: true }

  @flags.number({ description: 'How many', default: 20 })
  declare limit: number

  @flags.boolean({ description: 'Print the runs as JSON' })
  declare json?: boolean

  @inject()
  async run(listRuns: ListRuns) {
    const runs = await listRuns.handle({ limit: Math.min(Math.max(this.limit, 1), 1000) })
    if (this.json) {
      this.logger.log(JSON.stringify(runs.map(runShape.toJson)))
      return
    }
    if (runs.length === 0) {
      this.logger.info('No sync has run yet. Start one with: node ace sync:run')
      return
    }
    const head = ['Run', 'Source', 'Status', 'Started', 'Found', 'Created', 'Updated', 'Missing', 'Held']
    const table = this.ui.table().head(head)
    for (const run of runs) {
      const counts = [run.devicesFound, run.created, run.updated, run.missing, run.held].map(String)
      table.row([String(run.id), run.source, run.status, run.startedAt ?? 'queued', ...counts])
    }
    table.render()
  }

  async completed() {
    return reportFault(this)
  }
}
