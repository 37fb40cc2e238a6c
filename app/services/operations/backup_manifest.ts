import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RefusedBackup } from './errors.js'

/** What a backup holds, in `<backup>.manifest.json` beside it. */
export interface BackupManifest {
  readonly format: 1
  /** Version of LAIM that made it. */
  readonly version: string
  /** ISO 8601 in UTC. */
  readonly created_at: string
  /** A whole SQLite file, or the rows alone as `writeDump` writes them. */
  readonly kind: 'sqlite_file' | 'rows'
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** Names of the migrations that its schema had, without folder. */
  readonly migrations: readonly string[]
  /** Rows of each table. */
  readonly counts: Readonly<Record<string, number>>
  /** Digest of the rows of each table: equal for equal rows on either database. */
  readonly digests: Readonly<Record<string, string>>
}

export function manifestFile(backup: string): string {
  return `${backup}.manifest.json`
}

export async function sha256Of(file: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(file), digest)
  return digest.digest('hex')
}

/**
 * The manifest of a backup whose bytes are those that it tells of.
 *
 * @throws RefusedBackup
 */
export async function readManifest(backup: string): Promise<BackupManifest> {
  const info = await lstat(backup).catch(() => null)
  if (!info?.isFile()) {
    throw new RefusedBackup(backup, 'there is no such file')
  }
  const text = await readFile(manifestFile(backup), 'utf8').catch(() => {
    throw new RefusedBackup(backup, `its manifest ${basename(manifestFile(backup))} is not beside it`)
  })

  const manifest = parseManifest(text)
  if (!manifest || manifest.file !== basename(backup)) {
    throw new RefusedBackup(backup, 'its manifest is not one that backup:create writes, or that of another file')
  }
  if (info.size !== manifest.bytes || (await sha256Of(backup)) !== manifest.sha256) {
    throw new RefusedBackup(backup, 'its checksum is not that of its manifest: the file is damaged or incomplete')
  }
  return manifest
}

/** What a backup is said to hold, without a look whether it does; null when nothing says so. */
export async function glanceAtManifest(backup: string): Promise<BackupManifest | null> {
  const text = await readFile(manifestFile(backup), 'utf8').catch(() => null)
  return text === null ? null : parseManifest(text)
}

/** Null for what backup:create did not write. */
function parseManifest(text: string): BackupManifest | null {
  let value: Partial<BackupManifest> | null
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const isWhole =
    value?.format === 1 &&
    (value.kind === 'sqlite_file' || value.kind === 'rows') &&
    typeof value.sha256 === 'string' &&
    Array.isArray(value.migrations) &&
    value.migrations.every((name) => typeof name === 'string') &&
    isObject(value.counts) &&
    isObject(value.digests)
  return isWhole ? (value as BackupManifest) : null
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
