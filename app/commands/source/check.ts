import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { CheckSource, type SourceCheck as Check } from '#services/sources/check_source'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { sourceCheckShape } from '#transformers/source_transformer'

const MARKS = { pass: '✔', warn: '!', fail: '✖', skip: '-' }

export default class SourceCheck extends BaseCommand {
  static commandName = 'source:check'
  static description = 'Test the connection to sources step by step; changes nothing'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Without a name every configured source is tested.',
    'Exit codes: 0 all can be read, 1 one cannot, 3 wrong usage.',
    '{{ binaryName }} source:check',
    '{{ binaryName }} source:check {source} --json',
  ]

  @args.spread({ description: 'Only these sources', required: false })
  declare sources?: string[]

  @flags.boolean({ description: 'Print the reports as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(configured: ConfiguredSources, checkSource: CheckSource) {
    const checks: Check[] = []
    for (const { name } of configured.select(this.sources ?? [])) {
      const check = await checkSource.handle(name)
      checks.push(check)
      if (!this.json) this.#print(check)
    }

    if (this.json) {
      const shown = checks.map(sourceCheckShape.toJson)
      this.logger.log(JSON.stringify(this.sources?.length === 1 ? shown[0] : shown))
    } else if (checks.length === 0) {
      this.logger.warning('No source is configured: set the URL of one')
    }
    this.exitCode = checks.every(({ ok }) => ok) ? 0 : 1
  }

  async completed() {
    return reportFault(this)
  }

  #print({ name, ok, product, version, durationMs, steps }: Check) {
    const peer = [product, version].filter(Boolean).join(' ')
    this.logger.log(`${name}: ${ok ? 'can be read' : 'cannot be read'}${peer ? ` (${peer})` : ''}, ${durationMs} ms`)
    for (const { id, status, message } of steps) {
      this.logger.log(`  ${MARKS[status]} ${id.padEnd(12)} ${message}`)
    }
  }
}
