import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { databaseFaultOf } from '#database/faults'

const PORT = 5432

/** How a connection to PostgreSQL is given: as a URL, or in parts. */
type Connection = { readonly connectionString?: string; readonly host?: string; readonly port?: number } | string

/**
 * One sentence about a PostgreSQL that does not answer: its address, why, and never a password. Null for an error that
 * says something else.
 */
export function sayServerAway(connection: unknown, error: unknown): string | null {
  if (databaseFaultOf(error) !== 'unavailable') {
    return null
  }
  const reason = (error as Error).message.trim().replaceAll(/\s+/g, ' ') || 'it refuses connections'
  return `the database ${addressOf(connection as Connection)} does not answer: ${reason}`
}

/** The same of LAIM's own database, and which settings to look at. Null for a file, too. */
export function sayOwnServerAway(error: unknown): string | null {
  if (!isPostgres(db.connection())) {
    return null
  }
  const config = db.manager.get(db.primaryConnectionName)?.config
  const sentence = sayServerAway(config && 'connection' in config ? config.connection : '', error)
  return sentence && `${sentence}. Check DATABASE_URL or POSTGRES_*`
}

function addressOf(connection: Connection): string {
  const url = typeof connection === 'string' ? connection : connection.connectionString
  if (!url) {
    const { host, port } = connection as Exclude<Connection, string>
    return `${host}:${port ?? PORT}`
  }
  const { hostname, port, searchParams } = new URL(url)
  return `${hostname || searchParams.get('host') || 'localhost'}:${port || PORT}`
}
