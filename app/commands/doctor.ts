import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { Diagnose } from '#services/operations/diagnose'

const MARKS = { pass: '✔', warn: '!', fail: '✖' }

export default class Doctor extends BaseCommand {
  static commandName = 'doctor'
  static description = 'Check what LAIM stands on and say the fix; changes nothing'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Database, migrations, clock, search, secrets, disk, sources.',
    'Before an upgrade, with the new version and before anything is stopped: {{ binaryName }} doctor --preflight',
    'Exit codes: 0 all well, 1 broken, 2 look at it.',
  ]

  @flags.boolean({ description: 'Print the findings as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @flags.boolean({
    description: 'Compute every item anew from its claims and pins, read the whole search index, and compare',
  })
  declare verify?: boolean

  @flags.boolean({
    description: 'Say whether this version can take over what another one left, pending migrations included',
  })
  declare preflight?: boolean

  @inject()
  async run(diagnose: Diagnose) {
    const findings = this.preflight ? await diagnose.preflight() : await diagnose.handle({ isThorough: this.verify })
    const has = (wanted: string) => findings.some(({ status }) => status === wanted)
    this.exitCode = has('fail') ? 1 : has('warn') ? 2 : 0

    if (this.json) {
      this.logger.log(JSON.stringify({ ok: !has('fail'), findings }))
      return
    }
    for (const { check, status, message, fix } of findings) {
      this.logger.log(`${MARKS[status]} ${check.padEnd(16)} ${message}${fix ? `\n  → ${fix}` : ''}`)
    }
  }

  async completed() {
    return reportFault(this)
  }
}
