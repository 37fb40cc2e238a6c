import { pathToFileURL } from 'node:url'
import app from '@adonisjs/core/services/app'
import { type BaseSchema } from '@adonisjs/lucid/schema'
import { type QueryClientContract, type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { migrationFiles } from '#services/operations/own_migrations'

type Migration = new (client: QueryClientContract, file: string, dryRun: boolean) => BaseSchema

/** Names as Lucid's own commands store them, so that both can be used on one database. */
const FOLDER = 'database/migrations'

/**
 * Brings a schema to what these migrations make of it, and answers the names of those that were not run before. All of
 * it happens in the caller's transaction: a process that is killed leaves the schema as it was.
 */
export async function runMigrations(trx: TransactionClientContract, wanted: readonly string[]): Promise<string[]> {
  await makeLists(trx)
  const rows: { name: string; batch: number }[] = await trx.from('adonis_schema').select('name', 'batch')
  const done = new Set(rows.map(({ name }) => name))
  const batch = Math.max(0, ...rows.map((row) => Number(row.batch))) + 1
  const files = await migrationFiles()
  const fresh = wanted.filter((name) => !done.has(`${FOLDER}/${name}`))

  for (const name of fresh) {
    const { default: Schema } = (await import(pathToFileURL(app.migrationsPath(files.get(name)!)).href)) as {
      default: Migration
    }
    await new Schema(trx, `${FOLDER}/${name}`, false).execUp()
    await trx.table('adonis_schema').insert({ name: `${FOLDER}/${name}`, batch })
  }
  return fresh
}

/** The two tables in which Lucid remembers what it ran. */
async function makeLists(trx: TransactionClientContract): Promise<void> {
  if (await trx.schema.hasTable('adonis_schema')) {
    return
  }
  await trx.schema.createTable('adonis_schema', (table) => {
    table.increments()
    table.string('name').notNullable()
    table.integer('batch').notNullable()
    table.timestamp('migration_time').defaultTo(trx.getWriteClient().fn.now())
  })
  await trx.schema.createTable('adonis_schema_versions', (table) => {
    table.integer('version').unsigned().primary()
  })
  await trx.table('adonis_schema_versions').insert({ version: 2 })
}
