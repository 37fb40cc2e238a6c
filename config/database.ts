import { defineConfig } from '@adonisjs/lucid'
import env from '#start/env'

const settings = env.get('DATABASE_URL')
const migrations = { naturalSort: true, paths: ['database/migrations'] }

/** What the SQLite connection needs from better-sqlite3's own. */
type RawConnection = { pragma(statement: string): unknown }

/**
 * Readers never wait for the writer (WAL); a second process that writes is
 * waited for; references are enforced, which SQLite leaves off by default.
 */
function setPragmas(connection: RawConnection, done: (error: Error | null, connection: RawConnection) => void) {
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = NORMAL')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('foreign_keys = ON')
  done(null, connection)
}

const dbConfig = defineConfig({
  connection: settings.dialect,
  connections: {
    sqlite: {
      client: 'better-sqlite3',
      connection: { filename: settings.dialect === 'sqlite' ? settings.filename : '' },
      useNullAsDefault: true,
      pool: { afterCreate: setPragmas },
      migrations,
      schemaGeneration: { enabled: false },
    },
    postgres: {
      client: 'pg',
      connection: settings.dialect === 'postgres' ? settings.connection : {},
      migrations,
      schemaGeneration: { enabled: false },
    },
  },
})

export default dbConfig
