import { type RawDatabase } from './raw_database.js'
import { RawPostgres } from './raw_postgres.js'
import { RawSqlite } from './raw_sqlite.js'

/** The database of a DATABASE_URL, without anything between it and its driver. */
export function openRaw(url: string): RawDatabase {
  return url.startsWith('sqlite:') ? new RawSqlite(url.slice('sqlite:'.length)) : new RawPostgres(url)
}
