import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { inject } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { makeFolder } from '#start/environment/make_folder'
import { manifestFile, sha256Of, type BackupManifest } from './backup_manifest.js'
import { dumpDatabase } from './dump_database.js'
import { BackupFailed } from './errors.js'
import { removeOldBackups } from './old_backups.js'

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
   * only when it is whole.
   *
   * @throws BackupFailed
   */
  async handle(folder: string, keep: number | null = null, now: Date = new Date()): Promise<BackupReport> {
    const database = isPostgres(db.connection()) ? 'postgres' : 'sqlite'
    const name = `laim-${now.toISOString().replaceAll(/[-:]/g, '')}.${database === 'sqlite' ? 'sqlite3' : 'jsonl.gz'}`
    const file = join(folder, name)
    const partial = `${file}.partial`

    try {
      makeFolder(folder)
      const contents = await dumpDatabase(partial)
      await flush(partial)
      const { size: bytes } = await stat(partial)
      const manifest: BackupManifest = {
        format: 1,
        version: app.config.get('app.version'),
        created_at: now.toISOString(),
        database,
        file: basename(file),
        bytes,
        sha256: await sha256Of(partial),
        ...contents,
      }
      await writeFile(manifestFile(file), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
      await rename(partial, file)
      return { file, manifest, removed: keep === null ? [] : await removeOldBackups(folder, keep) }
    } catch (error) {
      await removePartial(partial, file)
      throw toFailure(folder, error)
    }
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync()
  await handle.close()
}

async function removePartial(partial: string, file: string): Promise<void> {
  await rm(partial, { force: true }).catch(() => undefined)
  const isWhole = await stat(file).then(
    () => true,
    () => false
  )
  if (!isWhole) {
    await rm(manifestFile(file), { force: true }).catch(() => undefined)
  }
}

function toFailure(folder: string, error: unknown): Error {
  if (error instanceof BackupFailed) {
    return error
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(ENOSPC|SQLITE_FULL)/.test(code)) {
    return new BackupFailed(`The disk of ${folder} is full: free space, or name another folder with --to`, {
      cause: error,
    })
  }
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST)$/.test(code)) {
    return new BackupFailed(`The folder ${folder} cannot be written (${code}): name another one with --to`, {
      cause: error,
    })
  }
  return new BackupFailed(`No backup was made: ${error instanceof Error ? error.message : error}`, { cause: error })
}
