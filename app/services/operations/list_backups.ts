import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Names that backups get: they sort by time. What has `.partial` after it is under way, or was when its process died. */
const NAME = /^laim-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)\.(?:sqlite3|jsonl\.gz)(\.partial)?$/

export interface StoredBackup {
  readonly file: string
  /** When it was begun. */
  readonly at: string
  readonly isPartial: boolean
}

/** The backups of a folder, newest first; none when there is no folder. */
export async function listBackups(folder: string): Promise<StoredBackup[]> {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') {
      return []
    }
    throw error
  })
  return names
    .sort()
    .reverse()
    .flatMap((name) => {
      const [whole, year, month, day, hour, minute, second, partial] = NAME.exec(name) ?? []
      const at = `${year}-${month}-${day}T${hour}:${minute}:${second}`
      return whole === undefined ? [] : [{ file: join(folder, name), at, isPartial: partial !== undefined }]
    })
}

/** The newest whole one. */
export async function newestBackup(folder: string): Promise<StoredBackup | null> {
  const backups = await listBackups(folder)
  return backups.find(({ isPartial }) => !isPartial) ?? null
}
