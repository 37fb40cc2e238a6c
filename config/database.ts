import { hostname } from 'node:os'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import { giveUpOnSilence } from '#database/give_up_on_silence'
import { keepStatements } from '#database/keep_statements'
import { waitBetweenTries } from '#database/wait_between_tries'
import env from '#start/env'

const settings = env.get('DATABASE_URL')

/** Tells the connections of this process from those of others, in PostgreSQL's list of sessions too. */
const processName = `laim ${hostname().slice(0, 40)} ${process.pid}`

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/** What the SQLite connection needs from better-sqlite3's own. */
type RawConnection = { pragma(statement: string): unknown } & Parameters<typeof waitBetweenTries>[0]

/** Connections that a process opens to a SQLite file at most: who reads does not wait behind who waits to write. */
const SQLITE_CONNECTIONS = 8

/** A PostgreSQL that does not answer by then is away. */
const CONNECT_MS = 4_000

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
  keepStatements(connection)
  done(null, connection)
}

const postgresConnection = {
  ...(settings.dialect === 'postgres' ? settings.connection : { connectionString: '' }),
  connectionTimeoutMillis: CONNECT_MS,
  application_name: processName,
}

function serveInTime(connection: Parameters<typeof giveUpOnSilence>[0], done: (error: null, raw: unknown) => void) {
  giveUpOnSilence(connection)
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
      connection: postgresConnection,
      pool: app.getEnvironment() === 'web' ? { afterCreate: serveInTime } : {},
      migrations,
      schemaGeneration: { enabled: false },
    },
  },
})

export default dbConfig
