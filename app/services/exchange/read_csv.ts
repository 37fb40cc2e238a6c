import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { fromCellText } from '#core/assets/csv_cell'
import { checkBytes } from './checked_bytes.js'
import { unreadable } from './errors.js'

/** One record: the line on which it begins, counted from 1, and its cells as they were before they were exported. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

const DELIMITERS = [',', ';', '\t']
/** What Excel reads, and some programs write, before the header. */
const SEPARATOR_LINE = /^\ufeff?sep=([,;\t])?/i
const HEADER_BYTES = 64 * 1024
const MAX_RECORD_LENGTH = 1024 * 1024

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const FAULTS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'A quoted cell is not closed by a quote',
  CSV_INVALID_CLOSING_QUOTE: 'Text follows the closing quote of a cell: double the quotes inside',
  INVALID_OPENING_QUOTE: 'A quote stands inside a cell without quotes: quote the cell and double it',
  CSV_MAX_RECORD_SIZE: 'The row is longer than 1 MB: is a quote missing?',
}

/**
 * Reads a CSV file record by record: UTF-8 with or without a byte order mark, any line breaks, cells separated by
 * commas, semicolons or tabs. Lines without a value are passed over, as is Excel's `sep=;` in the first.
 *
 * @throws ImportRefused with the line of the record that cannot be read
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    bom: true,
    delimiter: await findDelimiter(path),
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_RECORD_LENGTH,
  })
  pipeline(Readable.from(checkBytes(createReadStream(path)), { objectMode: false }), parser, () => {})
  let end = 0
  let countedTwice = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      countedTwice += countAll(record, /\r\n/g)
      end = info.lines - countedTwice
      if (end > 1 || !SEPARATOR_LINE.test(record[0] ?? '')) {
        yield { line: end - countAll(record, /\r\n|\r|\n/g), cells: record.map(fromCellText) }
      }
    }
  } catch (error) {
    if (error instanceof CsvError) {
      throw unreadable('csv', FAULTS[error.code] ?? 'The file is no CSV from here on', end + 1)
    }
    throw error
  }
}

/** Line breaks inside of cells: the parser tells the line on which a record ends, and there takes `\r\n` for two. */
function countAll(record: readonly string[], breaks: RegExp): number {
  return record.reduce((count, cell) => count + (cell.match(breaks)?.length ?? 0), 0)
}

/** The separator that the first line names, or that occurs most in it, outside of quotes. */
async function findDelimiter(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES)
    const [header = ''] = buffer.toString('utf8', 0, bytesRead).split(/[\r\n]/, 1)
    const named = SEPARATOR_LINE.exec(header)?.[1]
    if (named) {
      return named
    }
    const bare = header.replace(/"[^"]*"/g, '')
    const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length)
    return DELIMITERS[counts.indexOf(Math.max(...counts))]!
  } finally {
    await file.close()
  }
}
