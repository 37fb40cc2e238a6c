import { rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { makeFolder } from '#start/environment/make_folder'
import { withSqliteFile } from './with_sqlite_file.js'

/** Makes a SQLite file, for its owner only, and fills it; when that fails nothing is left of it. */
export async function withNewSqliteFile<T>(
  filename: string,
  work: (client: QueryClientContract) => Promise<T>
): Promise<T> {
  makeFolder(dirname(filename))
  await writeFile(filename, '', { flag: 'wx', mode: 0o600 })
  try {
    return await withSqliteFile(filename, work, 'write')
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) {
      await rm(`${filename}${suffix}`, { force: true })
    }
    throw error
  }
}
