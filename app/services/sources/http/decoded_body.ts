import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** Encodings that are asked for and understood. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate'

/**
 * The body without its content encoding; null for an encoding that nobody asked for. Decompression goes on only as
 * far as somebody reads, so that a small body cannot unfold in memory.
 */
export function decodeBody(body: Readable, encoding: string | undefined): Readable | null {
  switch (encoding?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return body
    case 'gzip':
    case 'x-gzip':
      return through(body, createGunzip())
    case 'deflate':
      return through(body, createInflate())
    case 'br':
      return through(body, createBrotliDecompress())
    default:
      return null
  }
}

/** The error of either stream reaches the reader of the second. */
function through(body: Readable, decoder: ReturnType<typeof createGunzip>): Readable {
  pipeline(body, decoder, () => {})
  return decoder
}
