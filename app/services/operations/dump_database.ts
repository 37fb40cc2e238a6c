import { open } from 'node:fs/promises'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { readContents, type DatabaseContents } from './database_contents.js'
import { runPostgresTool } from './postgres_tools.js'
import { withSqliteFile } from './with_sqlite_file.js'

/**
 * Writes one moment of the database to a new file while it is used, and answers what that moment held: SQLite copies
 * itself inside one read transaction; PostgreSQL's own program dumps the snapshot that the rows are counted in.
 */
export async function dumpDatabase(file: string): Promise<DatabaseContents> {
  // Made here, so that nobody else can read it from its first byte on.
  const made = await open(file, 'wx', 0o600)
  await made.close()
  return isPostgres(db.connection()) ? dumpPostgres(file) : dumpSqlite(file)
}

async function dumpSqlite(file: string): Promise<DatabaseContents> {
  await db.rawQuery('vacuum into ?', [file])
  return withSqliteFile(file, readContents)
}

async function dumpPostgres(file: string): Promise<DatabaseContents> {
  await runPostgresTool('pg_dump', ['--version'])
  const trx = await db.transaction({ isolationLevel: 'repeatable read' })
  try {
    const { rows } = await trx.rawQuery('select pg_export_snapshot() as id')
    await runPostgresTool('pg_dump', [
      '--format=custom',
      '--no-owner',
      '--no-privileges',
      `--snapshot=${rows[0].id}`,
      `--file=${file}`,
    ])
    return await readContents(trx)
  } finally {
    await trx.rollback()
  }
}
