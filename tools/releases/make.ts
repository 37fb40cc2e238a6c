/*
| Writes tests/fixtures/releases/<version>.jsonl.gz: a small inventory in the schema of this version, with rows in every
| table. Run it once for each release; later versions must be able to upgrade it.
|
| node --import=@poppinss/ts-exec tools/releases/make.ts
*/
import 'reflect-metadata'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ignitor } from '@adonisjs/core'
import { loadEnvironment } from '../../bin/environment.js'

const ROOT = new URL('../../', import.meta.url)

function importer(path: string) {
  return import(path.startsWith('.') ? new URL(path, ROOT).href : path)
}

const home = mkdtempSync(join(tmpdir(), 'laim-release-'))
process.env.NODE_ENV = 'test'
process.env.DATABASE_URL = `sqlite:${home}/laim.sqlite3`
loadEnvironment(ROOT)
const app = new Ignitor(ROOT, { importer }).createApp('console')
await app.init()
await app.boot()
await app.start(() => {})

try {
  await writeRelease()
} finally {
  await app.terminate()
  rmSync(home, { recursive: true, force: true })
}

async function writeRelease() {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { ownMigrations } = await import('#services/operations/own_migrations')
  const { writeBackup } = await import('#services/operations/write_backup')
  const { writeDump } = await import('#services/transfer/dump_file')
  const { runMigrations } = await import('#services/transfer/run_migrations')
  const { shapeOf } = await import('#services/transfer/schema_shape')
  const { readDatabase } = await import('#services/transfer/table_rows')
  const { furnishInventory } = await import('#tests/helpers/furnish_inventory')

  const migrations = await ownMigrations()
  await db.transaction((trx) => runMigrations(trx, migrations))
  await furnishInventory()
  const rows = readDatabase(db.connection(), await shapeOf(migrations))
  const file = app.makePath('tests/fixtures/releases', `${app.config.get('app.version')}.jsonl.gz`)
  const { counts } = await writeBackup(
    file,
    'rows',
    async (partial) => ({ migrations, ...(await writeDump(partial, rows)) }),
    new Date()
  )
  console.log(`${file}: ${Object.values(counts).reduce((sum, count) => sum + count, 0)} rows`)
}
