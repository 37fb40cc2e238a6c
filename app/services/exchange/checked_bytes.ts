import { unreadable } from './errors.js'

/** Longest line of a file, and most bytes of one. */
const MAX_LINE_BYTES = 1024 * 1024
export const MAX_FILE_BYTES = 100 * 1024 * 1024

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/**
 * Passes a file's bytes on as long as they are UTF-8 text of lines of bearable length.
 *
 * @throws ImportRefused that names the encoding or type the file seems to have
 */
export async function* checkBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const lines = new LineLengths()
  let isFirst = true
  let bytes = 0
  for await (const chunk of chunks) {
    if (isFirst) {
      checkBeginning(chunk)
      isFirst = false
    }
    bytes += chunk.length
    if (bytes > MAX_FILE_BYTES) {
      throw unreadable('size', 'The file is larger than 100 MB: split it')
    }
    lines.add(chunk)
    decode(decoder, chunk, lines.current)
    yield chunk
  }
  decode(decoder, undefined, lines.current)
}

/** Tells other files apart by their first bytes. */
function checkBeginning(chunk: Uint8Array): void {
  const [one, two] = chunk
  const startsWith = (text: string) => Buffer.from(chunk.subarray(0, text.length)).toString('latin1') === text
  if (startsWith('PK\u0003\u0004')) {
    throw unreadable('type', 'The file is a workbook or an archive: save the sheet as CSV UTF-8')
  }
  const hasMark = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff)
  if (hasMark || (one !== 0 && two === 0) || (one === 0 && two !== 0 && two !== undefined)) {
    throw unreadable('encoding', 'The file is in UTF-16: save it as CSV UTF-8')
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, line: number): void {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
  } catch {
    const message =
      'The file is not UTF-8 (it looks like Latin-1 or Windows-1252) at or before this line: save it as CSV UTF-8'
    throw unreadable('encoding', message, line)
  }
}

class LineLengths {
  current = 1
  #length = 0
  #previous = 0

  add(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === 0) {
        throw unreadable('nul', 'There is a NUL byte in the file: it is no text', this.current)
      }
      const isBreak = byte === LINE_FEED || byte === CARRIAGE_RETURN
      this.#length = isBreak ? 0 : this.#length + 1
      if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && this.#previous !== CARRIAGE_RETURN)) {
        this.current += 1
      }
      if (this.#length > MAX_LINE_BYTES) {
        throw unreadable('line', 'The line is longer than 1 MB: is a quote missing?', this.current)
      }
      this.#previous = byte
    }
  }
}
