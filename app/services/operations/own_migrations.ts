import { readdir } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import app from '@adonisjs/core/services/app'

/** Names of the migrations that this version of LAIM has, without folder, in their order. */
export async function ownMigrations(): Promise<string[]> {
  const files = await readdir(app.migrationsPath())
  return files
    .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => basename(file, extname(file)))
    .sort()
}
