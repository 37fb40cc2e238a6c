import app from '@adonisjs/core/services/app'
import { type SqlClient } from '#services/sync/store/sql_client'
import { doneMigrations } from './done_migrations.js'
import { ownMigrations } from './own_migrations.js'

/** Why this version of LAIM cannot work on a database, and what to do. */
export interface SchemaFault {
  readonly kind: 'newer' | 'older'
  /** Those that this version does not have, or that the database lacks. */
  readonly migrations: readonly string[]
  readonly message: string
  readonly fix: string
}

/** Null when the schema of the database is the one of this version. */
export async function findSchemaFault(client: SqlClient): Promise<SchemaFault | null> {
  const [done, own] = await Promise.all([doneMigrations(client), ownMigrations()])
  const unknown = done.filter((name) => !own.includes(name))
  if (unknown.length > 0) {
    const version = app.config.get<string>('app.version')
    const message = `the schema of the database is newer than this LAIM ${version} (${unknown.join(', ')})`
    return {
      kind: 'newer',
      migrations: unknown,
      message,
      fix: 'Install the newer version again, or restore a backup that this one made',
    }
  }
  const pending = own.filter((name) => !done.includes(name))
  return pending.length === 0
    ? null
    : {
        kind: 'older',
        migrations: pending,
        message: `${pending.length} migrations were not run`,
        fix: 'Restart LAIM, or run the command setup',
      }
}
