import { toIso } from '#database/columns'
import { type JsonColumnType } from '#services/sync/store/bulk_dialect'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type SchemaShape, type TableShape } from './schema_shape.js'

/** One row: a value for each column, in the order of the columns. Equal rows are equal on both databases. */
export type Row = readonly unknown[]

/** Some rows of a table. A table begins with a batch that tells its last id; tables without rows have just that one. */
export interface Batch {
  readonly table: TableShape
  /** Highest id that was ever given, also to a row that is gone. Null in later batches, and where nothing is counted. */
  readonly lastId: number | null
  readonly rows: readonly Row[]
}

const ROWS_AT_ONCE = 500

/** Every row of a database, table by table, in batches. Call it in a transaction that sees one moment. */
export async function* readDatabase(client: SqlClient, shape: SchemaShape): AsyncGenerator<Batch> {
  for (const table of shape.tables.values()) {
    yield { table, lastId: table.isCounted ? await readLastId(client, table) : null, rows: [] }
    for await (const rows of readRows(client, table)) {
      yield { table, lastId: null, rows }
    }
  }
}

async function* readRows(client: SqlClient, { name, columns, key }: TableShape): AsyncGenerator<Row[]> {
  const order = quoted(key)
  const names = Object.keys(columns)
  let after: unknown[] = []
  for (;;) {
    const where = after.length === 0 ? '' : `where (${order}) > (${key.map(() => '?').join(', ')})`
    const rows = await selectRows<Record<string, unknown>>(
      client,
      `select ${quoted(names)} from "${name}" ${where} order by ${order} limit ${ROWS_AT_ONCE}`,
      after
    )
    if (rows.length === 0) {
      return
    }
    yield rows.map((row) => names.map((column) => toValue(row[column], columns[column]!)))
    const last = rows.at(-1)!
    after = key.map((column) => last[column])
  }
}

async function readLastId(client: SqlClient, { name }: TableShape): Promise<number> {
  const isPostgres = client.dialect.name === 'postgres'
  const [row] = isPostgres
    ? await selectRows<{ last: unknown }>(
        client,
        `select last_value as last from pg_sequences
         where format('%I.%I', schemaname, sequencename)::regclass = pg_get_serial_sequence(?, 'id')::regclass`,
        [name]
      )
    : await selectRows<{ last: unknown }>(client, 'select seq as last from sqlite_sequence where name = ?', [name])
  return Number(row?.last ?? 0)
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}

function toValue(value: unknown, kind: JsonColumnType): unknown {
  if (value === null || value === undefined) {
    return null
  }
  switch (kind) {
    case 'int':
      return Number(value)
    case 'bool':
      return Boolean(value)
    case 'time':
      return toIso(value)
    case 'json':
      return inOrder(typeof value === 'string' ? JSON.parse(value) : value)
    case 'bytes':
      return Buffer.from(value as Uint8Array).toString('hex')
    case 'text':
      return String(value)
  }
}

/** A JSON value with the keys of its objects sorted: PostgreSQL has an order of its own. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder)
  }
  if (typeof value !== 'object' || value === null) {
    return value
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]))
}
