import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { isPostgres } from '#database/columns'

/** Rows that the migrations themselves wrote, by table: part of an empty database. */
const initialRows = new Map<string, Record<string, unknown>[]>()

/** Brings the new database of the run to the newest schema. */
export async function migrateDatabase() {
  await testUtils.db().migrate()
  for (const table of await listTables()) {
    initialRows.set(table, await db.from(table).select('*'))
  }
}

/**
 * Removes every row that a test committed, for tests that a transaction cannot
 * hold: those with a second connection or a second process. The others use
 * `testUtils.db().withGlobalTransaction()`, which is faster.
 */
export async function emptyDatabase() {
  const tables = await listTables()
  await (isPostgres(db.connection()) ? truncate(tables) : deleteRows(tables))
  for (const [table, rows] of initialRows) {
    if (rows.length > 0) {
      await db.table(table).multiInsert(rows)
    }
  }
}

/** Our tables: without the lists of migrations and without the search index, which follows its table. */
async function listTables() {
  const tables = await db.connection().getAllTables(['public'])
  return tables.filter((table) => !/^(adonis_schema|assets_fts|sqlite_)/.test(table))
}

async function truncate(tables: string[]) {
  const list = tables.map((table) => `"${table}"`).join(', ')
  await db.rawQuery(`truncate ${list} restart identity cascade`)
}

async function deleteRows(tables: string[]) {
  await db.transaction(async (trx) => {
    await trx.rawQuery('pragma defer_foreign_keys = on')
    const guards: { name: string; sql: string }[] = await trx.rawQuery(
      `select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'audit_entries'`
    )
    for (const { name } of guards) {
      await trx.rawQuery(`drop trigger ${name}`)
    }
    for (const table of tables) {
      await trx.from(table).delete()
    }
    for (const { sql } of guards) {
      await trx.rawQuery(sql)
    }
    await trx.rawQuery('delete from sqlite_sequence')
  })
}
