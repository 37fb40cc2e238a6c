import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { type DatabaseSettings } from '#start/environment/database_settings'
import { makeFolder } from '#start/environment/make_folder'

/** Makes the folder of the SQLite file, for its owner only, and makes sure that it can be written. */
export function withFolder(settings: DatabaseSettings): DatabaseSettings {
  if (settings.dialect === 'sqlite') {
    const folder = dirname(settings.filename)
    try {
      makeFolder(folder)
      accessSync(folder, constants.W_OK)
    } catch {
      throw new Error(
        `DATABASE_URL: the folder ${folder} cannot be made or written. Example: DATABASE_URL=sqlite:storage/laim.sqlite3`
      )
    }
  }
  return settings
}
