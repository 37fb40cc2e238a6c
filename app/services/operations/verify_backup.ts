import { type BackupManifest, readManifest } from './backup_manifest.js'
import { readContents } from './database_contents.js'
import { RefusedBackup } from './errors.js'
import { ownMigrations } from './own_migrations.js'
import { runPostgresTool } from './postgres_tools.js'
import { withSqliteFile } from './with_sqlite_file.js'

/** Proves that a backup can be restored by this version of LAIM. Reads only. */
export class VerifyBackup {
  /** @throws RefusedBackup; BackupFailed when a program of PostgreSQL is missing */
  async handle(file: string): Promise<BackupManifest> {
    const manifest = await readManifest(file)
    const own = new Set(await ownMigrations())
    if (!manifest.migrations.every((name) => own.has(name))) {
      throw new RefusedBackup(file, `its schema is newer than this LAIM: install version ${manifest.version} or newer`)
    }

    await (manifest.database === 'sqlite'
      ? proveSqlite(file, manifest)
      : runPostgresTool('pg_restore', ['--list', file]))
    return manifest
  }
}

async function proveSqlite(file: string, manifest: BackupManifest): Promise<void> {
  const fault = await withSqliteFile(file, async (client) => {
    // Nothing that a foreign file defines may run while it is looked at.
    await client.rawQuery('pragma trusted_schema = off')
    const [check]: { integrity_check: string }[] = await client.rawQuery('pragma integrity_check(1)')
    if (check?.integrity_check !== 'ok') {
      return 'the database in it is damaged'
    }
    const contents = await readContents(client)
    const isSame =
      JSON.stringify(contents) === JSON.stringify({ migrations: manifest.migrations, counts: manifest.counts })
    return isSame ? null : 'its rows are not those that its manifest counts'
  }).catch((error: Error) => `it cannot be read as a database: ${error.message}`)
  if (fault !== null) {
    throw new RefusedBackup(file, fault)
  }
}
