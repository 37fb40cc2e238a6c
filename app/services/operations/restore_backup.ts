import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { assertUnused } from '#services/transfer/assert_unused'
import { emptyPostgres } from '#services/transfer/empty_postgres'
import { fillDatabase } from '#services/transfer/fill_database'
import { listTables } from '#services/transfer/list_tables'
import { withNewSqliteFile } from '#services/transfer/with_new_sqlite_file'
import { type BackupManifest } from './backup_manifest.js'
import { databaseFile } from './database_file.js'
import { RestoreRefused } from './errors.js'
import { VerifyBackup, withRows, type VerifiedBackup } from './verify_backup.js'

export interface RestoreReport {
  readonly manifest: BackupManifest
  /** Where the database that was there before lies now; null when there was none, or it was replaced in place. */
  readonly kept: string | null
}

/**
 * Puts a backup of either database in the place of the database. LAIM must not run. Only the rows are taken: the schema
 * is made by the migrations that the backup names.
 */
@inject()
export class RestoreBackup {
  constructor(private verifyBackup: VerifyBackup) {}

  /**
   * A database that holds something is replaced only on request; a SQLite file is then kept beside its folder.
   *
   * @throws RefusedBackup, RestoreRefused, TransferFailed
   */
  async handle(file: string, replace: boolean, now: Date = new Date()): Promise<RestoreReport> {
    const verified = await this.verifyBackup.handle(file)
    const kept = isPostgres(db.connection())
      ? await toPostgres(file, verified, replace)
      : await toSqlite(file, verified, replace, now)
    return { manifest: verified.manifest, kept }
  }
}

const REPLACE = 'add --replace to replace it'

async function toSqlite(backup: string, verified: VerifiedBackup, replace: boolean, now: Date): Promise<string | null> {
  const file = databaseFile()
  const isThere = existsSync(file)
  if (isThere && !replace) {
    throw new RestoreRefused(`The database ${file} exists: ${REPLACE}; it is kept beside its folder`)
  }
  if (isThere) {
    await assertUnused(db.connection())
  }
  await db.manager.close(db.primaryConnectionName)

  const fresh = `${file}-restored`
  await rm(fresh, { force: true })
  await withNewSqliteFile(fresh, (client) =>
    withRows(backup, verified.manifest, verified.shape, (batches) =>
      client.transaction((trx) => fillDatabase(trx, verified.shape, batches))
    )
  )
  const kept = isThere ? await keep(file, now) : null
  await rename(fresh, file)
  return kept
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

async function toPostgres(backup: string, { manifest, shape }: VerifiedBackup, replace: boolean): Promise<null> {
  await db.transaction(async (trx) => {
    const tables = await listTables(trx)
    if (tables.length > 0 && !replace) {
      throw new RestoreRefused(`The database holds ${tables.length} tables: name an empty one, or ${REPLACE}`)
    }
    if (tables.length > 0) {
      await emptyPostgres(trx, tables)
    }
    await withRows(backup, manifest, shape, (batches) => fillDatabase(trx, shape, batches))
  })
  return null
}
