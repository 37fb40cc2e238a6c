import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { withConnection } from './with_connection.js'

/** Does something with a SQLite file that is not the database of LAIM, and closes it again. `:memory:` is an empty one. */
export async function withSqliteFile<T>(
  filename: string,
  work: (client: QueryClientContract) => Promise<T>,
  access: 'read' | 'write' = 'read'
): Promise<T> {
  const readonly = access === 'read' && filename !== ':memory:'
  const connection: { filename: string; options: object } = { filename, options: { readonly } }
  return withConnection({ client: 'better-sqlite3', connection, useNullAsDefault: true }, work)
}
