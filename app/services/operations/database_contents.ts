import { basename } from 'node:path'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'

/** Rows of the tables and names of the migrations of a database, as a manifest tells them. */
export interface DatabaseContents {
  readonly migrations: string[]
  readonly counts: Record<string, number>
}

/** Tables that hold nothing of their own: those of SQLite, and the search index, which follows its table. */
const DERIVED = /^(sqlite_|assets_fts)/

/** Reads both through one client, so that a transaction gives one moment of them. */
export async function readContents(client: QueryClientContract): Promise<DatabaseContents> {
  const all = await client.getAllTables(['public'])
  const tables = all.filter((table) => !DERIVED.test(table)).sort()
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const [row]: { total: number | string }[] = await client.from(table).count('* as total')
    counts[table] = Number(row?.total ?? 0)
  }
  return { migrations: tables.includes('adonis_schema') ? await readMigrations(client) : [], counts }
}

async function readMigrations(client: QueryClientContract): Promise<string[]> {
  const rows: { name: string }[] = await client.from('adonis_schema').select('name').orderBy('id')
  return rows.map(({ name }) => basename(name))
}
