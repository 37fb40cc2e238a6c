import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestFile } from './backup_manifest.js'

/** Names that backup:create gives: they sort by time. */
const NAME = /^laim-\d{8}T\d{6}\.\d{3}Z\.(sqlite3|jsonl\.gz)$/

/** Paths of the backups in a folder, newest first. */
async function listBackups(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name))
}

/** Removes all but the newest backups; answers the removed ones. Other files of the folder stay. */
export async function removeOldBackups(folder: string, keep: number): Promise<string[]> {
  const newestFirst = await listBackups(folder)
  const old = newestFirst.slice(keep)
  for (const file of old) {
    await rm(file)
    await rm(manifestFile(file), { force: true })
  }
  return old
}
