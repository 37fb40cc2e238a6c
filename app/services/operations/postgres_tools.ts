import { spawn } from 'node:child_process'
import db from '@adonisjs/lucid/services/db'
import { BackupFailed } from './errors.js'

const MISSING =
  'which comes with the client programs of PostgreSQL: install the package postgresql-client in the version of the ' +
  'server, or run it where the server is (with Docker: deploy/docker/backup.sh)'

/** Longest part of what a program complains that is told on. */
const COMPLAINT = 500

/**
 * Runs a program of PostgreSQL on the database of LAIM. Address and password go through the environment, where no list
 * of processes shows them.
 *
 * @throws BackupFailed
 */
export async function runPostgresTool(tool: 'pg_dump' | 'pg_restore', args: readonly string[]): Promise<void> {
  const child = spawn(tool, args, {
    env: { PATH: process.env.PATH, LC_ALL: 'C', ...postgresVariables() },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(0, COMPLAINT)))

  const ended = Promise.withResolvers<number | null>()
  child.on('error', ended.reject).on('close', ended.resolve)
  const code = await ended.promise.catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? `there is no ${tool} here, ${MISSING}` : error.message
    throw new BackupFailed(`PostgreSQL: ${reason}`)
  })
  if (code !== 0) {
    throw new BackupFailed(`${tool} ended with exit code ${code}: ${complaint.trim().replaceAll(/\s+/g, ' ')}`)
  }
}

/** The variables that programs of PostgreSQL read, from the connection of LAIM. */
function postgresVariables(): Record<string, string> {
  const config = db.manager.get(db.primaryConnectionName)?.config
  const connection = config && 'connection' in config ? config.connection : undefined
  if (typeof connection !== 'object') {
    throw new BackupFailed('the database is not PostgreSQL')
  }
  return 'connectionString' in connection && connection.connectionString
    ? fromUrl(new URL(String(connection.connectionString)))
    : fromParts(connection as unknown as Record<string, unknown>)
}

function fromUrl(url: URL): Record<string, string> {
  const sslMode = url.searchParams.get('sslmode')
  return compact({
    PGHOST: url.searchParams.get('host') ?? url.hostname.replace(/^\[(.*)\]$/, '$1'),
    PGPORT: url.port,
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGSSLMODE: sslMode === 'no-verify' ? 'require' : sslMode,
    PGSSLROOTCERT: url.searchParams.get('sslrootcert'),
  })
}

function fromParts({ host, port, user, password, database }: Record<string, unknown>): Record<string, string> {
  return compact({ PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: database })
}

function compact(variables: Record<string, unknown>): Record<string, string> {
  const isSet = ([, value]: [string, unknown]) => value !== undefined && value !== null && value !== ''
  return Object.fromEntries(
    Object.entries(variables)
      .filter(isSet)
      .map(([name, value]) => [name, String(value)])
  )
}
