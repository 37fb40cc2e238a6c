import ace from '@adonisjs/core/services/ace'
import { type BaseCommand } from '@adonisjs/core/ace'

export interface CommandResult {
  readonly exitCode: number | undefined
  /** Every line that the command printed or logged, as it was given to the terminal. */
  readonly lines: readonly string[]
  /** What it printed with `--json`, when that is all that it printed. */
  readonly json: ReturnType<typeof JSON.parse>
}

type CommandClass = Parameters<typeof ace.create>[0]

/** Runs a command in this process, on the connection of the test, and answers what it printed. */
export async function runCommand(command: CommandClass, args: string[]): Promise<CommandResult> {
  ace.ui.switchMode('raw')
  try {
    const made: BaseCommand = await ace.create(command, args)
    await made.exec()
    const lines = made.logger.getLogs().map(({ message }) => message)
    const json = args.includes('--json') ? JSON.parse(lines.join('\n')) : null
    return { exitCode: made.exitCode, lines, json }
  } finally {
    ace.ui.switchMode('normal')
  }
}
