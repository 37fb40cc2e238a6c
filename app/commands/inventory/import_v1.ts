import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { COMMAND_LINE } from '#core/access/user_edit'
import { ImportV1, type V1Report } from '#services/import_v1/import_v1'
import { readDatabaseSettings } from '#start/environment/database_settings'
import { readImportRow } from '#validators/import'

const NEEDS_A_PERSON = 2
const WRONG_USAGE = 3

export default class InventoryImportV1 extends BaseCommand {
  static commandName = 'inventory:import-v1'
  static description = 'Add the items, accounts and sync history of a database of LAIM 1.0'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Reads the PostgreSQL database of LAIM 1.0 and writes nothing into it. Run it with --dry-run first. What was imported',
    'before is left alone, so it may run again. What people typed stays; what a sync of 1.0 wrote stays until a source',
    'says something of it. Passwords are not taken over: accounts come disabled: user:update --password --active=true.',
    'To keep a password off the list of processes leave it out of the URL and set PGPASSWORD.',
    'Exit codes: 0 done, 1 failed, 2 done, but values had to move into the notes, 3 wrong usage.',
    '{{ binaryName }} inventory:import-v1 postgres://laim@db.example.org/laim --dry-run',
  ]

  @args.string({ description: 'The database of LAIM 1.0: postgres://…' })
  declare url: string

  @flags.boolean({ description: 'Only say what would be added' })
  declare dryRun?: boolean

  @flags.boolean({ description: 'Print the report as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(importV1: ImportV1) {
    if (!/^postgres(ql)?:\/\//.test(this.url) || !URL.canParse(this.url)) {
      this.logger.error('The database of LAIM 1.0 must begin with "postgres://". Example: postgres://laim@db/laim')
      this.exitCode = WRONG_USAGE
      return
    }
    const source = readDatabaseSettings({ DATABASE_URL: this.url }, '/')
    if (source.dialect !== 'postgres') {
      return
    }
    const request = { source, dryRun: this.dryRun ?? false, readRow: readImportRow }
    const report = await importV1.handle(request, COMMAND_LINE)
    this.exitCode = report.adjustments.length > 0 ? NEEDS_A_PERSON : 0
    if (this.json) {
      this.logger.log(JSON.stringify({ dry_run: request.dryRun, ...report }))
      return
    }
    this.#print(report)
  }

  #print({ items, users, runs, adjustments }: V1Report) {
    for (const { id, hostname, field, value, message } of adjustments) {
      this.logger.warning(
        `1.0's item ${id} (${hostname}): ${field} "${value.slice(0, 80)}" goes to the notes: ${message}`
      )
    }
    const tense = this.dryRun ? 'would be added' : 'added'
    this.logger.info(`${items.created} items ${tense}, ${items.deleted} of them deleted; ${items.known} known`)
    this.logger.info(`${users.created.length} accounts ${tense}, disabled: ${users.created.join(', ') || 'none'}`)
    this.logger.info(`${runs.created} entries of the sync history ${tense}; ${runs.known} known`)
  }

  async completed() {
    return reportFault(this)
  }
}
