import { existsSync } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { ownMigrations } from '#services/operations/own_migrations'
import { type DatabaseSettings } from '#start/environment/database_settings'
import { assertUnused } from './assert_unused.js'
import { TransferFailed } from './errors.js'
import { fillDatabase, type Progress } from './fill_database.js'
import { inOneMoment } from './in_one_moment.js'
import { listTables } from './list_tables.js'
import { type SchemaShape, shapeOf } from './schema_shape.js'
import { type RowContents } from './table_digest.js'
import { readDatabase } from './table_rows.js'
import { withNewSqliteFile } from './with_new_sqlite_file.js'
import { withPostgres } from './with_postgres.js'

/** Copies everything that the database holds into an empty one of either kind, which is then all the same. */
export class MoveInventory {
  /**
   * LAIM must be stopped. The database that is copied stays as it is.
   *
   * @throws TransferFailed, and then the target is as it was
   */
  async handle(target: DatabaseSettings, onProgress?: Progress): Promise<RowContents> {
    await assertUnused(db.connection())
    const shape = await shapeOf(await ownMigrations())
    return inOneMoment(db.connection(), (moment) =>
      withTarget(target, (client) => fill(client, shape, moment, onProgress))
    )
  }
}

async function fill(
  target: QueryClientContract,
  shape: SchemaShape,
  source: QueryClientContract,
  onProgress?: Progress
): Promise<RowContents> {
  return target.transaction(async (trx) => {
    const tables = await listTables(trx)
    if (tables.length > 0) {
      throw new TransferFailed(`The target holds ${tables.length} tables: name an empty database`)
    }
    return fillDatabase(trx, shape, readDatabase(source, shape), onProgress)
  })
}

async function withTarget<T>(target: DatabaseSettings, work: (client: QueryClientContract) => Promise<T>): Promise<T> {
  if (target.dialect === 'postgres') {
    return withPostgres(target, work)
  }

  const { filename } = target
  if (existsSync(filename)) {
    throw new TransferFailed(`There is a file ${filename} already: name another one`)
  }
  return withNewSqliteFile(filename, work)
}
