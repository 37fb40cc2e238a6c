import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { abortSignalOf } from '#commands/_abort_signal'
import { readId } from '#commands/_read_id'
import { reportFault } from '#commands/_report_fault'
import { RunProgress } from '#commands/_run_progress'
import { COMMAND_LINE } from '#core/access/user_edit'
import { FinishUndo } from '#services/inventory/finish_undo'
import { type UndoOutcome } from '#services/inventory/undo_change_set'
import { UndoRun } from '#services/inventory/undo_run'
import { undoShape } from '#transformers/undo_transformer'

/** Something stayed because a person changed it since. */
const NEEDS_A_PERSON = 2

export default class SyncUndo extends BaseCommand {
  static commandName = 'sync:undo'
  static description = 'Take back what a run wrote; what people changed since stays'
  static options: CommandOptions = { startApp: true }
  static help = [
    'The next run does not bring the old values back, unless a source changes its mind.',
    'Exit codes: 0 done, 1 failed, 2 done but something stayed, 3 wrong usage.',
    '{{ binaryName }} sync:undo {run} --dry-run',
  ]

  @args.string({ description: 'Id of the run', required: false })
  declare id?: string

  @flags.boolean({ description: 'Say what would happen, and write nothing' })
  declare dryRun?: boolean

  @flags.boolean({ description: 'Print what happened as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(undoRun: UndoRun, finishUndo: FinishUndo) {
    const id = readId('run', this.id)
    const progress = new RunProgress(process.stderr)
    const started = await undoRun.handle(id, COMMAND_LINE, { dryRun: this.dryRun })
    const outcomes = started.isQueued
      ? await finishUndo.handle(started, abortSignalOf(this.app), (run) => progress.show(run))
      : started.outcomes
    progress.clear()
    if (this.json) {
      const shown = outcomes.map(undoShape.toJson)
      this.logger.log(JSON.stringify(shown.length === 1 ? shown[0] : shown))
    } else {
      this.#print(id, outcomes)
    }
    this.exitCode = outcomes.some(({ conflicts }) => conflicts.length > 0) ? NEEDS_A_PERSON : 0
  }

  async completed() {
    return reportFault(this)
  }

  #print(id: number, outcomes: readonly UndoOutcome[]) {
    if (outcomes.length === 0) {
      this.logger.info(`Run ${id} wrote nothing: there is nothing to take back`)
      return
    }
    const undone = outcomes.reduce((total, outcome) => total + outcome.undone, 0)
    const verb = this.dryRun ? 'would be' : 'were'
    this.logger.log(`${undone} items ${verb} taken back${toChanges(outcomes)}`)
    for (const { assetId, fields, reason } of outcomes.flatMap(({ conflicts }) => conflicts)) {
      this.logger.warning(`item ${assetId}${fields.length > 0 ? `, ${fields.join(', ')}` : ''} stays: ${reason}`)
    }
  }
}

function toChanges(outcomes: readonly UndoOutcome[]): string {
  const made = outcomes.map(({ changeSetId }) => changeSetId).filter((id) => id !== null)
  return made.length === 0 ? '' : ` by change ${made.join(' and ')}`
}
