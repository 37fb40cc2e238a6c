import { rm } from 'node:fs/promises'
import { manifestFile } from './backup_manifest.js'
import { listBackups } from './list_backups.js'

/**
 * Removes all but the newest backups, and what a process that died left of one before the newest; answers the removed
 * backups. Other files of the folder stay.
 */
export async function removeOldBackups(folder: string, keep: number): Promise<string[]> {
  const newestFirst = await listBackups(folder)
  const whole = newestFirst.filter(({ isPartial }) => !isPartial)
  const leftOver = newestFirst.filter(({ isPartial, at }) => isPartial && whole[0] && at < whole[0].at)
  const old = whole.slice(keep).map(({ file }) => file)
  for (const file of [...old, ...leftOver.map((partial) => partial.file)]) {
    await rm(file)
    await rm(manifestFile(file), { force: true })
  }
  return old
}
