import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import app from '@adonisjs/core/services/app'
import { manifestFile, sha256Of, type BackupManifest } from './backup_manifest.js'
import { type DatabaseContents } from './dump_database.js'

/** Lets something dump into a file, and adds the manifest. The file has its name only when it is whole; else nothing is left. */
export async function writeBackup(
  file: string,
  kind: BackupManifest['kind'],
  dump: (file: string) => Promise<DatabaseContents>,
  now: Date
): Promise<BackupManifest> {
  const partial = `${file}.partial`
  try {
    // Made here, so that nobody else can read it from its first byte on.
    await writeFile(partial, '', { flag: 'wx', mode: 0o600 })
    const contents = await dump(partial)
    await flush(partial)
    const { size: bytes } = await stat(partial)
    const manifest: BackupManifest = {
      format: 1,
      version: app.config.get('app.version'),
      created_at: now.toISOString(),
      kind,
      file: basename(file),
      bytes,
      sha256: await sha256Of(partial),
      ...contents,
    }
    await writeFile(manifestFile(file), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    await rename(partial, file)
    return manifest
  } catch (error) {
    await removePartial(partial, file)
    throw error
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync()
  await handle.close()
}

async function removePartial(partial: string, file: string): Promise<void> {
  await rm(partial, { force: true }).catch(() => undefined)
  const isWhole = await stat(file).then(
    () => true,
    () => false
  )
  if (!isWhole) {
    await rm(manifestFile(file), { force: true }).catch(() => undefined)
  }
}
