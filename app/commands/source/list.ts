import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { ListSources, type SourceView } from '#services/sources/list_sources'
import { sourceShape } from '#transformers/source_transformer'

export default class SourceList extends BaseCommand {
  static commandName = 'source:list'
  static description = 'Show every source with its health, its last run and its next one'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Secrets show only as set or unset.',
    'Exit codes: 0 done, 1 failed, 3 wrong usage.',
    '{{ binaryName }} source:list --json',
  ]

  @flags.boolean({ description: 'Print the sources as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(listSources: ListSources) {
    const sources = await listSources.handle()
    if (this.json) {
      this.logger.log(JSON.stringify(sources.map(sourceShape.toJson)))
      return
    }

    const table = this.ui.table().head(['Source', 'Plugin', 'Health', 'Devices', 'Last run', 'Next run'])
    sources.forEach((source) => table.row(toRow(source)))
    table.render()
    for (const { name, isConfigured, healthMessage } of sources) {
      if (isConfigured && healthMessage) this.logger.warning(`${name}: ${healthMessage}`)
    }
  }

  async completed() {
    return reportFault(this)
  }
}

function toRow({ name, plugin, health, devices, lastRun, nextRunAt, isEnabled }: SourceView): string[] {
  return [
    isEnabled ? name : `${name} (disabled)`,
    plugin,
    health.replaceAll('_', ' '),
    String(devices),
    lastRun ? `#${lastRun.id} ${lastRun.status} ${lastRun.completedAt ?? ''}`.trim() : 'never',
    nextRunAt ?? 'not scheduled',
  ]
}
