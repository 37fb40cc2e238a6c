import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { abortSignalOf } from '#commands/_abort_signal'
import { readId } from '#commands/_read_id'
import { reportFault } from '#commands/_report_fault'
import { COMMAND_LINE } from '#core/access/user_edit'
import { printRunSummary } from '#commands/_run_summary'
import { RunProgress } from '#commands/_run_progress'
import { InvalidValue } from '#core/assets/errors'
import { ApprovePlan } from '#services/sync/approve_plan'
import { FindPlan, type PlanView } from '#services/sync/find_plan'
import { type RunView } from '#services/sync/run_view'
import { WorkNow } from '#services/sync/work_now'
import { planShape } from '#transformers/plan_transformer'

/** Rows were left out because somebody was there meanwhile, or devices wait for a decision. */
const NEEDS_A_PERSON = 2

export default class SyncApply extends BaseCommand {
  static commandName = 'sync:apply'
  static description = 'Apply exactly what a plan says, or some of its rows'
  static options: CommandOptions = { startApp: true }
  static help = [
    'The hash stands in what sync:plan prints; it approves the guards of the plan too. A run that waits for approval',
    'is applied in the same way. What changed since the plan was made is left alone.',
    'Exit codes: 0 done, 1 failed, 2 done but a person is needed, 3 wrong usage.',
    '{{ binaryName }} sync:apply {plan} --hash={hash}',
    '{{ binaryName }} sync:apply {plan} --hash={hash} --rows=1,2,7',
  ]

  @args.string({ description: 'Id of the plan', required: false })
  declare plan?: string

  @flags.string({ description: 'Hash of the plan' })
  declare hash?: string

  @flags.string({ description: 'Numbers of the rows to apply, with commas. Default: all' })
  declare rows?: string

  @flags.boolean({ description: 'Print the applied plan as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(approvePlan: ApprovePlan, workNow: WorkNow, findPlan: FindPlan) {
    const id = readId('plan', this.plan)
    if (!this.hash) {
      throw new InvalidValue('hash', 'Give the hash of the plan with --hash: sync:plan prints it', 'required')
    }
    const approving = { planHash: this.hash, rows: this.rows?.split(',').map((row) => readId('row', row.trim())) }
    await approvePlan.handle(id, approving, COMMAND_LINE)

    const progress = new RunProgress(process.stderr)
    const run = await workNow.handle(id, abortSignalOf(this.app), (now) => progress.show(now))
    progress.clear()
    const plan = await findPlan.handle(id)
    if (this.json) {
      this.logger.log(JSON.stringify(planShape.toJson(plan)))
    } else {
      printRunSummary(this, run)
      this.#printStale(plan)
    }
    this.exitCode = exitCodeOf(run, plan)
  }

  async completed() {
    return reportFault(this)
  }

  #printStale({ counts, changeSetId }: PlanView) {
    if (counts.stale) {
      this.logger.warning(`${counts.stale} rows were left alone: their items changed since. The next run decides anew`)
    }
    this.logger.log(`What was written is change ${changeSetId}`)
  }
}

function exitCodeOf(run: RunView, { counts }: PlanView): number {
  if (run.status !== 'completed') {
    return 1
  }
  return run.held > 0 || counts.stale ? NEEDS_A_PERSON : 0
}
