import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { InvalidValue } from '#core/assets/errors'
import { RequestTooLarge } from '#exceptions/request_too_large'
import { UnsupportedMediaType } from '#exceptions/unsupported_media_type'
import { MAX_FILE_BYTES } from '#services/exchange/checked_bytes'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** The `file` of a form, for as long as the request is worked on. */
    upload?: { readonly path: string; readonly digest: string }
  }
}

/** Receives the `file` of a form into a temporary file, that of a person who was let in already, and removes it after. */
export default class UploadMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (ctx.request.is(['multipart/form-data']) === null) {
      throw new UnsupportedMediaType('The body must be a form with a file, sent as multipart/form-data')
    }
    const folder = await mkdtemp(join(tmpdir(), 'laim-upload-'))
    try {
      ctx.upload = await receive(ctx, join(folder, 'file'))
      return await next()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function receive({ request }: HttpContext, path: string) {
  const { multipart } = request
  const hash = createHash('sha256')
  let files = 0
  let failure: unknown
  multipart.onFile('*', { deferValidations: true }, async (part) => {
    files += part.name === 'file' ? 1 : 2
    try {
      await pipeline(part as unknown as Readable, (chunks) => measured(chunks, hash), createWriteStream(path))
    } catch (error) {
      failure = error
      multipart.abort(error)
    }
    return { filePath: path }
  })
  await multipart.process({ limit: MAX_FILE_BYTES * 2 })
  if (failure) {
    throw failure
  }
  if (files !== 1) {
    throw new InvalidValue('file', 'The form must hold one file, as its field file', 'file')
  }
  const fields = Object.entries(request.body()).filter(([name]) => name !== 'file')
  request.updateBody(Object.fromEntries(fields))
  return { path, digest: hash.digest('hex') }
}

async function* measured(chunks: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>) {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > MAX_FILE_BYTES) {
      throw new RequestTooLarge('The file is larger than 100 MB: split it')
    }
    hash.update(chunk)
    yield chunk
  }
}
