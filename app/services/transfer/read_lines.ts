import { type Readable } from 'node:stream'
import { TransferFailed } from './errors.js'

/** No row is longer: a line without end would otherwise be read until the memory ends. */
const LONGEST = 64 * 1024 * 1024

/** The lines of a stream of UTF-8, without their ends. */
export async function* readLines(stream: Readable): AsyncGenerator<string> {
  let begun = ''
  for await (const text of stream.setEncoding('utf8')) {
    const lines = (begun + String(text)).split('\n')
    begun = lines.pop()!
    yield* lines
    if (begun.length > LONGEST) {
      throw new TransferFailed('a line has no end')
    }
  }
  if (begun !== '') {
    throw new TransferFailed('the last line is not whole')
  }
}
