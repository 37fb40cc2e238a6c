import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Exception } from '@adonisjs/core/exceptions'
import { codeOf } from '#database/faults'

const FAILURE = { status: 500, code: 'E_FILE_NOT_WRITTEN' }

/**
 * Writes a file that appears under its name only when it is whole; what had that name before stays until then.
 *
 * @throws Exception `E_FILE_NOT_WRITTEN`, which says what to do
 */
export async function writeWholeFile(file: string, pieces: Readable): Promise<void> {
  const partial = `${file}.partial`
  try {
    await pipeline(pieces, createWriteStream(partial))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw reasonOf(file, error)
  }
}

function reasonOf(file: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === 'ENOSPC') {
    return new Exception(`The disk of ${file} is full: free space, or name another file`, FAILURE)
  }
  return /^E(ACCES|PERM|ROFS|NOENT|NOTDIR|ISDIR)$/.test(code)
    ? new Exception(`The file ${file} cannot be written (${code}): name another one`, FAILURE)
    : error
}
