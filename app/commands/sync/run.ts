import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { abortSignalOf } from '#commands/_abort_signal'
import { reportFault } from '#commands/_report_fault'
import { printRunSummary } from '#commands/_run_summary'
import { RunProgress } from '#commands/_run_progress'
import { ALL_SOURCES } from '#services/sources/define_config'
import { RunNow } from '#services/sync/run_now'
import { type RunView } from '#services/sync/run_view'
import { runShape } from '#transformers/run_transformer'

/** A run left something for a person to decide. */
const NEEDS_A_PERSON = 2

export default class SyncRun extends BaseCommand {
  static commandName = 'sync:run'
  static description = 'Read the sources and bring the inventory up to date'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Without a name every configured source is read, in the order of their rank.',
    'Exit codes: 0 done, 1 failed, 2 done but a person is needed, 3 wrong usage.',
    '{{ binaryName }} sync:run',
    '{{ binaryName }} sync:run {source} --json',
  ]

  @args.spread({ description: 'Only these sources', required: false })
  declare sources?: string[]

  @flags.boolean({ description: 'Print the run as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(runNow: RunNow) {
    const names = this.sources?.length ? this.sources : [ALL_SOURCES]
    const signal = abortSignalOf(this.app)
    const progress = new RunProgress(process.stderr)
    const runs: RunView[] = []
    for (const source of names) {
      runs.push(await runNow.handle(source, signal, (run) => progress.show(run)))
      progress.clear()
    }
    if (this.json) {
      const shown = runs.map(runShape.toJson)
      this.logger.log(JSON.stringify(shown.length === 1 ? shown[0] : shown))
    } else {
      runs.forEach((run) => printRunSummary(this, run))
    }
    this.exitCode = exitCodeOf(runs)
  }

  async completed() {
    return reportFault(this)
  }
}

function exitCodeOf(runs: readonly RunView[]): number {
  if (runs.some(({ status }) => status !== 'completed' && status !== 'awaiting_approval')) {
    return 1
  }
  return runs.some(({ status, held }) => status !== 'completed' || held > 0) ? NEEDS_A_PERSON : 0
}
