import { join } from 'node:path'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { codeOf, databaseFaultOf } from '#database/faults'
import { makeFolder } from '#start/environment/make_folder'
import { type BackupManifest } from './backup_manifest.js'
import { dumpDatabase } from './dump_database.js'
import { BackupFailed } from './errors.js'
import { removeOldBackups } from './remove_old_backups.js'
import { writeBackup } from './write_backup.js'

export interface BackupReport {
  /** Path of the backup; its manifest lies beside it. */
  readonly file: string
  readonly manifest: BackupManifest
  /** Paths of the backups that were too many. */
  readonly removed: readonly string[]
}

/** Writes a backup of the database while LAIM serves and syncs. */
@inject()
export class CreateBackup {
  /**
   * `keep` is how many backups stay in the folder, this one included; null keeps all. A backup appears under its name
   * only when it is whole; when the signal aborts, nothing is left of it.
   *
   * @throws BackupFailed
   */
  async handle(
    folder: string,
    keep: number | null = null,
    { now = new Date(), signal }: { now?: Date; signal?: AbortSignal | undefined } = {}
  ): Promise<BackupReport> {
    const kind = isPostgres(db.connection()) ? 'rows' : 'sqlite_file'
    const name = `laim-${now.toISOString().replaceAll(/[-:]/g, '')}.${kind === 'rows' ? 'jsonl.gz' : 'sqlite3'}`
    const file = join(folder, name)
    try {
      makeFolder(folder)
      const manifest = await writeBackup(file, kind, (partial) => dumpDatabase(partial, signal), now)
      return { file, manifest, removed: keep === null ? [] : await removeOldBackups(folder, keep) }
    } catch (error) {
      throw toFailure(folder, error)
    }
  }
}

function toFailure(folder: string, error: unknown): Error {
  if (error instanceof BackupFailed) {
    return error
  }
  if (databaseFaultOf(error) === 'full') {
    return new BackupFailed(`The disk of ${folder} is full: free space, or name another folder with --to`, {
      cause: error,
    })
  }
  const code = codeOf(error)
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST)$/.test(code)) {
    return new BackupFailed(`The folder ${folder} cannot be written (${code}): name another one with --to`, {
      cause: error,
    })
  }
  return new BackupFailed(`No backup was made: ${error instanceof Error ? error.message : error}`, { cause: error })
}
