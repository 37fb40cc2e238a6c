import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { writeDump } from '#services/transfer/dump_file'
import { inOneMoment } from '#services/transfer/in_one_moment'
import { shapeOf } from '#services/transfer/schema_shape'
import { contentsOf, type RowContents } from '#services/transfer/table_digest'
import { readDatabase, type Batch } from '#services/transfer/table_rows'
import { withSqliteFile } from '#services/transfer/with_sqlite_file'
import { doneMigrations } from './done_migrations.js'

/** What one moment of a database held, as a manifest tells it. */
export interface DatabaseContents extends RowContents {
  readonly migrations: readonly string[]
}

/**
 * Writes one moment of the database into an empty file while it is used, and answers what that moment held: SQLite copies
 * itself inside one read transaction, the rows of PostgreSQL are read in one snapshot. No program of PostgreSQL is needed.
 */
export async function dumpDatabase(file: string, signal?: AbortSignal): Promise<DatabaseContents> {
  return isPostgres(db.connection()) ? dumpPostgres(file, signal) : dumpSqlite(file, signal)
}

async function dumpSqlite(file: string, signal?: AbortSignal): Promise<DatabaseContents> {
  await db.rawQuery('vacuum into ?', [file])
  return withSqliteFile(file, async (client) => {
    const migrations = await doneMigrations(client)
    return { migrations, ...(await contentsOf(until(signal, readDatabase(client, await shapeOf(migrations))))) }
  })
}

async function dumpPostgres(file: string, signal?: AbortSignal): Promise<DatabaseContents> {
  return inOneMoment(db.connection(), async (trx) => {
    const migrations = await doneMigrations(trx)
    return { migrations, ...(await writeDump(file, until(signal, readDatabase(trx, await shapeOf(migrations))))) }
  })
}

/** Throws the reason of the signal when it aborts. */
async function* until(signal: AbortSignal | undefined, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    signal?.throwIfAborted()
    yield batch
  }
}
