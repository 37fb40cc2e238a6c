import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import dbConfig from '#config/database'

/** Connects to a database that is not that of the run, with the settings of LAIM. `db.manager.close(name, true)` ends it. */
export function connectTo(url: string, name: string): QueryClientContract {
  const { sqlite, postgres } = dbConfig.connections
  const config = url.startsWith('sqlite:')
    ? { ...sqlite, client: 'better-sqlite3' as const, connection: { filename: url.slice('sqlite:'.length) } }
    : { ...postgres, client: 'pg' as const, connection: { connectionString: url } }
  db.manager.add(name, config as Parameters<typeof db.manager.add>[1])
  return db.connection(name)
}
