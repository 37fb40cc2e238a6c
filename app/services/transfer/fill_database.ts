import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPostgres } from '#database/columns'
import { insertRows } from '#services/sync/store/bulk_sql'
import { execute, selectRows } from '#services/sync/store/sql_client'
import { TransferFailed } from './errors.js'
import { runMigrations } from './run_migrations.js'
import { type SchemaShape } from './schema_shape.js'
import { contentsOf, differences, RowTally, type RowContents } from './table_digest.js'
import { type Batch, readDatabase } from './table_rows.js'

/** Told after each batch. */
export type Progress = (table: string, rows: number) => void

/**
 * Makes the schema in an empty database, puts the rows into it and reads them back. All in the caller's transaction, in
 * memory that does not grow with the rows.
 *
 * @throws TransferFailed when what is read back is not what was put in
 */
export async function fillDatabase(
  trx: TransactionClientContract,
  shape: SchemaShape,
  batches: AsyncIterable<Batch>,
  onProgress: Progress = () => {}
): Promise<RowContents> {
  await runMigrations(trx, shape.migrations)
  const tally = new RowTally()
  await withoutReferences(trx, async () => {
    for (const { name } of shape.tables.values()) {
      await trx.from(name).delete()
    }
    for await (const batch of batches) {
      await write(trx, batch)
      tally.add(batch)
      onProgress(batch.table.name, batch.rows.length)
    }
  })

  const given = tally.contents()
  const different = differences(given, await contentsOf(readDatabase(trx, shape)))
  if (different.length > 0) {
    throw new TransferFailed(
      `The rows of ${different.join(', ')} are not what was put into them: nothing was kept. This is a fault of LAIM`
    )
  }
  return given
}

async function write(trx: TransactionClientContract, { table, lastId, rows }: Batch): Promise<void> {
  const names = Object.keys(table.columns)
  await insertRows(
    trx,
    table.name,
    table.columns,
    rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
  )
  if (lastId !== null && lastId > 0) {
    await (isPostgres(trx)
      ? selectRows(trx, `select setval(pg_get_serial_sequence(?, 'id'), ?::bigint)`, [table.name, lastId])
      : setLastId(trx, table.name, lastId))
  }
}

/** SQLite raises it by itself when a higher id comes. */
async function setLastId(trx: TransactionClientContract, table: string, lastId: number): Promise<void> {
  await execute(trx, 'delete from sqlite_sequence where name = ?', [table])
  await execute(trx, 'insert into sqlite_sequence (name, seq) values (?, ?)', [table, lastId])
}

/** Does something while rows may refer to rows that come later; afterwards every reference must hold. */
async function withoutReferences(trx: TransactionClientContract, work: () => Promise<void>): Promise<void> {
  if (!isPostgres(trx)) {
    await execute(trx, 'pragma defer_foreign_keys = on')
    await work()
    return
  }

  const references = await selectRows<{ relation: string; name: string; definition: string }>(
    trx,
    `select conrelid::regclass::text as relation, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by conname`
  )
  for (const { relation, name } of references) {
    await execute(trx, `alter table ${relation} drop constraint ${name}`)
  }
  await work()
  for (const { relation, name, definition } of references) {
    await execute(trx, `alter table ${relation} add constraint ${name} ${definition}`)
  }
}
