import db from '@adonisjs/lucid/services/db'
import { type ConnectionConfig, type QueryClientContract } from '@adonisjs/lucid/types/database'

let opened = 0

/** Does something over a connection that is not the one of LAIM, and closes it again. */
export async function withConnection<T>(
  config: ConnectionConfig,
  work: (client: QueryClientContract) => Promise<T>
): Promise<T> {
  const name = `other_${++opened}`
  db.manager.add(name, config)
  try {
    return await work(db.connection(name))
  } finally {
    await db.manager.close(name, true)
  }
}
