import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'

let opened = 0

/** Does something with a SQLite file that is not the database of LAIM, for reading only, and closes it again. */
export async function withSqliteFile<T>(
  filename: string,
  work: (client: QueryClientContract) => Promise<T>
): Promise<T> {
  const name = `file_${++opened}`
  const connection: { filename: string; options: object } = { filename, options: { readonly: true } }
  db.manager.add(name, { client: 'better-sqlite3', connection, useNullAsDefault: true })
  try {
    return await work(db.connection(name))
  } finally {
    await db.manager.close(name, true)
  }
}
