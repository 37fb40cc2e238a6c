import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { abortSignalOf } from '#commands/_abort_signal'
import { printPlan } from '#commands/_plan_summary'
import { reportFault } from '#commands/_report_fault'
import { RunProgress } from '#commands/_run_progress'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { FindPlan, type PlanView } from '#services/sync/find_plan'
import { RunNow } from '#services/sync/run_now'
import { planShape } from '#transformers/plan_transformer'

/** A guard was tripped: a person should look before applying. */
const NEEDS_A_PERSON = 2
const ALL_ROWS = 1_000_000

export default class SyncPlan extends BaseCommand {
  static commandName = 'sync:plan'
  static description = 'Show what a sync would change, and write nothing to the inventory'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Without a name every configured source gets a plan of its own. A plan is applied by its hash with sync:apply,',
    'until a newer run or plan of the source takes its place.',
    'Exit codes: 0 planned, 1 failed, 2 planned but a guard asks for a person, 3 wrong usage.',
    '{{ binaryName }} sync:plan',
    '{{ binaryName }} sync:plan {source} --json',
  ]

  @args.spread({ description: 'Only these sources', required: false })
  declare sources?: string[]

  @flags.boolean({ description: 'Print every new item, however many they are' })
  declare all?: boolean

  @flags.boolean({ description: 'Print the plan as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(configured: ConfiguredSources, runNow: RunNow, findPlan: FindPlan) {
    const names = this.sources?.length ? this.sources : configured.active().map(({ name }) => name)
    const signal = abortSignalOf(this.app)
    const progress = new RunProgress(process.stderr)
    const plans: PlanView[] = []
    for (const source of names) {
      const { id } = await runNow.handle(source, signal, (run) => progress.show(run), 'plan')
      progress.clear()
      const plan = await findPlan.handle(id)
      plans.push(plan)
      if (!this.json) {
        printPlan(this, plan, await findPlan.rows(id, 0, ALL_ROWS), { all: this.all })
      }
    }
    if (this.json) {
      const shown = plans.map(planShape.toJson)
      this.logger.log(JSON.stringify(this.sources?.length === 1 ? shown[0] : shown))
    } else if (plans.length === 0) {
      this.logger.warning('No source is configured: set the URL of one')
    }
    this.exitCode = exitCodeOf(plans)
  }

  async completed() {
    return reportFault(this)
  }
}

function exitCodeOf(plans: readonly PlanView[]): number {
  if (plans.some(({ status }) => status !== 'planned')) {
    return 1
  }
  return plans.some(({ guards }) => guards.length > 0) ? NEEDS_A_PERSON : 0
}
