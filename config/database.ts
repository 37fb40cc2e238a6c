import { hostname } from 'node:os'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import { giveUpOnSilence } from '#database/give_up_on_silence'
import { runPragmas } from '#database/run_pragmas'
import { setPragmas } from '#database/set_pragmas'
import env from '#start/env'

const settings = env.get('DATABASE_URL')

/** Tells the connections of this process from those of others, in PostgreSQL's list of sessions too. */
const processName = `laim ${hostname().slice(0, 40)} ${process.pid}`

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/** Connections that a process opens to a SQLite file at most: who reads does not wait behind who waits to write. */
const SQLITE_CONNECTIONS = 8

/** A PostgreSQL that does not answer by then is away. */
const CONNECT_MS = 4_000

/** People are told that their change is done; a worker tells nobody. */
const isDurable = app.inProduction && app.getEnvironment() === 'web'

function prepareSqlite(
  connection: Parameters<typeof setPragmas>[0] & Parameters<typeof runPragmas.add>[0],
  done: (error: null, raw: unknown) => void
) {
  setPragmas(connection, isDurable)
  runPragmas.add(connection)
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
      pool: { min: 1, max: SQLITE_CONNECTIONS, afterCreate: prepareSqlite },
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
