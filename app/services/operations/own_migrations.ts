import { readdir } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import app from '@adonisjs/core/services/app'

/** Files of the migrations that this version of LAIM has, by name, in their order. */
export async function migrationFiles(): Promise<Map<string, string>> {
  const files = await readdir(app.migrationsPath())
  const own = files.filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts')).sort()
  return new Map(own.map((file) => [basename(file, extname(file)), file]))
}

/** Names of the migrations that this version of LAIM has, without folder, in their order. */
export async function ownMigrations(): Promise<string[]> {
  const files = await migrationFiles()
  return [...files.keys()]
}
