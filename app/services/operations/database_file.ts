import db from '@adonisjs/lucid/services/db'

/** Path of the SQLite file. Only for that database. */
export function databaseFile(): string {
  const config = db.manager.get(db.primaryConnectionName)?.config
  const connection = config && 'connection' in config ? config.connection : undefined
  if (typeof connection !== 'object' || !('filename' in connection)) {
    throw new Error('the database is not a file')
  }
  return String(connection.filename)
}
