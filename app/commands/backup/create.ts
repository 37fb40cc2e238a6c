import { resolve } from 'node:path'
import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { CreateBackup } from '#services/operations/create_backup'
import { totalOf } from '#services/transfer/table_digest'

const WRONG_USAGE = 3

export default class BackupCreate extends BaseCommand {
  static commandName = 'backup:create'
  static description = 'Write a backup of the database while LAIM runs'
  static options: CommandOptions = { startApp: true }
  static help = [
    'A backup is a file with a manifest of its checksum and counts beside it. It holds everything but the settings:',
    'keep SECRET_KEY and the settings of the sources elsewhere.',
    'Exit codes: 0 done, 1 failed, 3 wrong usage.',
    '{{ binaryName }} backup:create --to /srv/backups --keep 14',
  ]

  @flags.string({ description: 'Folder of backups; BACKUP_FOLDER without it' })
  declare to?: string

  @flags.number({ description: 'How many backups stay in the folder, this one included; all without it' })
  declare keep?: number

  @flags.boolean({ description: 'Print the manifest as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(createBackup: CreateBackup) {
    if (this.keep !== undefined && !(Number.isInteger(this.keep) && this.keep > 0)) {
      this.logger.error('--keep must be a whole number from 1 on')
      this.exitCode = WRONG_USAGE
      return
    }
    const folder = resolve(this.to ?? this.app.config.get<string>('backup.folder'))
    const { file, manifest, removed } = await createBackup.handle(folder, this.keep ?? null)

    if (this.json) {
      this.logger.log(JSON.stringify({ path: file, removed, ...manifest }))
      return
    }
    this.logger.success(`${file}: ${totalOf(manifest)} rows, ${(manifest.bytes / 1e6).toFixed(1)} MB`)
    for (const old of removed) {
      this.logger.info(`removed ${old}`)
    }
  }

  async completed() {
    return reportFault(this)
  }
}
