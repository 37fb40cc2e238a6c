import { resolve } from 'node:path'
import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { RestoreBackup } from '#services/operations/restore_backup'
import { VerifyBackup } from '#services/operations/verify_backup'
import { totalOf } from '#services/transfer/table_digest'

export default class BackupRestore extends BaseCommand {
  static commandName = 'backup:restore'
  static description = 'Put a backup in the place of the database, or only verify it'
  static options: CommandOptions = { startApp: true }
  static help = [
    'LAIM must be stopped. The backup is verified first: checksum, schema, every row. A backup of SQLite can be restored',
    'to PostgreSQL too, and the other way round. Everybody has to sign in again.',
    'Then start LAIM, which brings an older schema to the newest.',
    'Exit codes: 0 done, 1 refused or failed, 3 wrong usage.',
    '{{ binaryName }} backup:restore /srv/backups/laim-20261123T023000.000Z.sqlite3 --verify',
  ]

  @args.string({ description: 'The backup; its manifest must lie beside it' })
  declare file: string

  @flags.boolean({ description: 'Only verify; changes nothing, and LAIM may run' })
  declare verify?: boolean

  @flags.boolean({ description: 'Replace a database that is there; a SQLite file is kept beside its folder' })
  declare replace?: boolean

  @flags.boolean({ description: 'Print the manifest as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(verifyBackup: VerifyBackup, restoreBackup: RestoreBackup) {
    const file = resolve(this.file)
    const { manifest, kept } = this.verify
      ? { ...(await verifyBackup.handle(file)), kept: null }
      : await restoreBackup.handle(file, this.replace ?? false)

    if (this.json) {
      this.logger.log(JSON.stringify({ path: file, restored: !this.verify, kept, ...manifest }))
      return
    }
    this.logger.success(`${this.verify ? 'whole' : 'restored'}: ${totalOf(manifest)} rows of ${manifest.created_at}`)
    if (kept) {
      this.logger.info(`the database before is kept as ${kept}`)
    }
  }

  async completed() {
    return reportFault(this)
  }
}
