import { chmod, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { type BackupManifest } from './backup_manifest.js'
import { databaseFile } from './database_file.js'
import { RestoreRefused } from './errors.js'
import { runPostgresTool } from './postgres_tools.js'
import { VerifyBackup } from './verify_backup.js'

export interface RestoreReport {
  readonly manifest: BackupManifest
  /** Where the database that was there before lies now; null when there was none, or it was replaced in place. */
  readonly kept: string | null
}

/** Puts a backup in the place of the database. LAIM must not run. */
@inject()
export class RestoreBackup {
  constructor(private verifyBackup: VerifyBackup) {}

  /**
   * A database that holds something is replaced only on request; a SQLite file is then kept beside its folder.
   *
   * @throws RefusedBackup, RestoreRefused, BackupFailed
   */
  async handle(file: string, replace: boolean, now: Date = new Date()): Promise<RestoreReport> {
    const manifest = await this.verifyBackup.handle(file)
    const dialect = isPostgres(db.connection()) ? 'postgres' : 'sqlite'
    if (manifest.database !== dialect) {
      throw new RestoreRefused(`This is a backup of ${manifest.database}, but DATABASE_URL names ${dialect}`)
    }
    const kept = dialect === 'sqlite' ? await toSqlite(file, replace, now) : await toPostgres(file, replace)
    return { manifest, kept }
  }
}

const REPLACE = 'add --replace to replace it'

async function toSqlite(backup: string, replace: boolean, now: Date): Promise<string | null> {
  const file = databaseFile()
  const isThere = await stat(file).then(
    () => true,
    () => false
  )
  if (isThere && !replace) {
    throw new RestoreRefused(`The database ${file} exists: ${REPLACE}; it is kept beside its folder`)
  }
  if (isThere) {
    await closeForGood(file)
  }
  await db.manager.close(db.primaryConnectionName)

  const fresh = `${file}-restored`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await copyFile(backup, fresh)
  await chmod(fresh, 0o600)
  const kept = isThere ? await keep(file, now) : null
  await rename(fresh, file)
  return kept
}

/** Leaves one file without a log beside it. Only the last connection can do that: so it also proves that LAIM is stopped. */
async function closeForGood(file: string): Promise<void> {
  try {
    await db.rawQuery('pragma busy_timeout = 1000')
    await db.rawQuery('pragma journal_mode = delete')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('SQLITE_BUSY')) {
      throw new RestoreRefused(`The database ${file} is in use: stop LAIM, then restore`)
    }
    // A damaged one cannot do it, and is what a restore is for.
  }
}

async function keep(file: string, now: Date): Promise<string> {
  const folder = `${dirname(file)}-replaced-${now.toISOString().replaceAll(/[-:]/g, '')}`
  await mkdir(folder, { mode: 0o700 })
  for (const suffix of ['-wal', '-shm', '']) {
    await rename(`${file}${suffix}`, join(folder, `${basename(file)}${suffix}`)).catch((error) => {
      if (suffix === '' || error.code !== 'ENOENT') throw error
    })
  }
  await rm(`${file}-journal`, { force: true })
  return join(folder, basename(file))
}

async function toPostgres(backup: string, replace: boolean): Promise<null> {
  const tables = await db.connection().getAllTables(['public'])
  if (tables.length > 0 && !replace) {
    throw new RestoreRefused(`The database holds ${tables.length} tables: name an empty one, or ${REPLACE}`)
  }
  if (tables.length > 0) {
    const { rows } = await db.rawQuery(
      'select count(*)::int as others from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = ?',
      ['client backend']
    )
    if (rows[0].others > 0) {
      throw new RestoreRefused(`The database is in use by ${rows[0].others} connections: stop LAIM, then restore`)
    }
  }
  await db.manager.close(db.primaryConnectionName)
  await runPostgresTool('pg_restore', [
    ...(tables.length > 0 ? ['--clean', '--if-exists'] : []),
    '--no-owner',
    '--no-privileges',
    '--single-transaction',
    '--exit-on-error',
    `--dbname=${postgresName()}`,
    backup,
  ])
  return null
}

/** Name of the database, which pg_restore wants as an argument; all else is in its environment. */
function postgresName(): string {
  const config = db.manager.get(db.primaryConnectionName)?.config
  const connection = config && 'connection' in config ? config.connection : undefined
  const named = connection as { connectionString?: string; database?: string } | undefined
  return named?.connectionString
    ? decodeURIComponent(new URL(named.connectionString).pathname.slice(1))
    : (named?.database ?? 'laim')
}
