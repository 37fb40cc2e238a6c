import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type DatabaseSettings } from '#start/environment/database_settings'

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

/** Step by step: in a file system that refuses folders, Node.js' own recursion never ends. */
function makeFolder(folder: string) {
  if (existsSync(folder)) {
    return
  }
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}
