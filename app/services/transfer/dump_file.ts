import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline as pipeInto, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { TransferFailed } from './errors.js'
import { readLines } from './read_lines.js'
import { type SchemaShape, type TableShape } from './schema_shape.js'
import { RowTally, type RowContents } from './table_digest.js'
import { isRow } from './row_values.js'
import { type Batch, type Row } from './table_rows.js'

/*
| Rows of a database as text, for either database: JSON lines, compressed. A line that is an object begins a table, a
| line that is a list is one of its rows. No schema, so nothing in it can be executed.
*/

/** Fast rather than small: the rows compress well anyway. */
const LEVEL = 3

const ROWS_AT_ONCE = 500

interface TableHead {
  readonly table: string
  readonly columns: readonly string[]
  readonly last_id: number | null
}

/** Writes rows into a file that is there and empty; answers what was written. */
export async function writeDump(file: string, batches: AsyncIterable<Batch>): Promise<RowContents> {
  const tally = new RowTally()
  async function* lines() {
    let current: TableShape | null = null
    for await (const batch of batches) {
      if (batch.table !== current) {
        current = batch.table
        const head: TableHead = { table: current.name, columns: Object.keys(current.columns), last_id: batch.lastId }
        yield `${JSON.stringify(head)}\n`
      }
      tally.add(batch)
      if (batch.rows.length > 0) {
        yield batch.rows.map((row) => `${JSON.stringify(row)}\n`).join('')
      }
    }
  }
  await pipeline(Readable.from(lines()), createGzip({ level: LEVEL }), createWriteStream(file, { flags: 'r+' }))
  return tally.contents()
}

/**
 * The rows of a file, in batches.
 *
 * @throws TransferFailed for what `writeDump` did not write for this schema
 */
export async function* readDump(file: string, shape: SchemaShape): AsyncGenerator<Batch> {
  // What goes wrong is thrown to whoever reads the end of it.
  const text = pipeInto(createReadStream(file), createGunzip(), () => {})
  let table: TableShape | null = null
  let rows: Row[] = []
  for await (const line of readLines(text)) {
    const value = parseLine(line)
    if (!Array.isArray(value)) {
      if (table && rows.length > 0) {
        yield { table, lastId: null, rows }
      }
      const head = readHead(value, shape)
      table = head.table
      rows = []
      yield { table, lastId: head.lastId, rows: [] }
      continue
    }
    if (!table || !isRow(value, table)) {
      throw new TransferFailed(`a row of ${table?.name ?? 'no table'} is not one that this schema has`)
    }
    rows.push(value)
    if (rows.length === ROWS_AT_ONCE) {
      yield { table, lastId: null, rows }
      rows = []
    }
  }
  if (table && rows.length > 0) {
    yield { table, lastId: null, rows }
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new TransferFailed('a line is not JSON')
  }
}

function readHead(value: unknown, shape: SchemaShape): { table: TableShape; lastId: number | null } {
  const { table: name, columns, last_id: lastId } = (value ?? {}) as Partial<TableHead>
  const table = typeof name === 'string' ? shape.tables.get(name) : undefined
  if (!table || JSON.stringify(columns) !== JSON.stringify(Object.keys(table.columns))) {
    throw new TransferFailed(`the table ${String(name).slice(0, 64)} is not one that this schema has`)
  }
  if (table.isCounted ? !Number.isSafeInteger(lastId) : lastId !== null) {
    throw new TransferFailed(`the last id of ${table.name} is missing`)
  }
  return { table, lastId: lastId ?? null }
}
