import { defineConfig } from '@adonisjs/lucid'
import { waitBetweenTries } from '#database/wait_between_tries'
import env from '#start/env'

const settings = env.get('DATABASE_URL')
const migrations = { naturalSort: true, paths: ['database/migrations'] }

/** What the SQLite connection needs from better-sqlite3's own. */
type RawConnection = { pragma(statement: string): unknown } & Parameters<typeof waitBetweenTries>[0]

/** Connections that a process opens to a SQLite file at most: who reads does not wait behind who waits to write. */
const SQLITE_CONNECTIONS = 8

/**
 * Readers never wait for the writer (WAL); writers wait between tries and not
 * inside SQLite, once the file is open; references are enforced, which SQLite
 * leaves off by default.
 */
function setPragmas(connection: RawConnection, done: (error: Error | null, connection: RawConnection) => void) {
  connection.pragma('busy_timeout = 5000')
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = NORMAL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 0')
  waitBetweenTries(connection)
  done(null, connection)
}

const dbConfig = defineConfig({
  connection: settings.dialect,
  connections: {
    sqlite: {
      client: 'better-sqlite3',
      connection: { filename: settings.dialect === 'sqlite' ? settings.filename : '' },
      useNullAsDefault: true,
      pool: { min: 1, max: SQLITE_CONNECTIONS, afterCreate: setPragmas },
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
