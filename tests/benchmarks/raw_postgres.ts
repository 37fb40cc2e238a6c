import pg from 'pg'
import { HASHES, keyOf, type Difference, type RawDatabase, type TableRows } from './raw_database.js'

const ROWS_OF_A_STATEMENT = 5000

/** `unnest` over one array a column, a few thousand rows a statement, one transaction for all. */
export class RawPostgres implements RawDatabase {
  readonly #pool: pg.Pool

  constructor(connectionString: string) {
    this.#pool = new pg.Pool({ connectionString, max: 1 })
  }

  async readTable(table: string): Promise<TableRows> {
    const columns = [...(await this.#typesOf(table)).keys()]
    const texts = columns.map((column) => `${column}::text`).join(', ')
    const { rows } = await this.#pool.query<unknown[]>({ text: `select ${texts} from ${table}`, rowMode: 'array' })
    return { table, columns, rows }
  }

  async readHashes(): Promise<Map<string, string>> {
    const { rows } = await this.#pool.query<[string, string]>({ text: HASHES, rowMode: 'array' })
    return new Map(rows)
  }

  async write(tables: readonly TableRows[]): Promise<void> {
    await this.#pool.query('begin')
    for (const rows of tables) {
      await this.#insert(rows)
    }
    await this.#pool.query('commit')
  }

  async replace(differences: readonly Difference[]): Promise<void> {
    await this.#pool.query('begin')
    for (const { put, gone } of [...differences].reverse()) {
      const types = await this.#typesOf(put.table)
      const same = keyOf(put).map((column, index) => `${put.table}.${column} = v${index}::${types.get(column)}`)
      await this.#inChunks(
        gone,
        keyOf(put).length,
        (from) => `delete from ${put.table} using ${from} where ${same.join(' and ')}`
      )
    }
    for (const { put } of differences) {
      const key = keyOf(put)
      const others = put.columns
        .filter((column) => !key.includes(column))
        .map((column) => `${column} = excluded.${column}`)
      await this.#insert(put, `on conflict (${key.join(', ')}) do update set ${others.join(', ')}`)
    }
    await this.#pool.query('commit')
  }

  async #insert({ table, columns, rows }: TableRows, onConflict = ''): Promise<void> {
    const types = await this.#typesOf(table)
    const casts = columns.map((column, index) => `v${index}::${types.get(column)}`).join(', ')
    const names = columns.join(', ')
    await this.#inChunks(
      rows,
      columns.length,
      (from) => `insert into ${table} (${names}) select ${casts} from ${from} ${onConflict}`
    )
  }

  /** A statement for every few thousand rows, with one array a column as its parameters. */
  async #inChunks(
    rows: readonly (readonly unknown[])[],
    width: number,
    statement: (from: string) => string
  ): Promise<void> {
    const columns = Array.from({ length: width }, (_, index) => index)
    const arrays = columns.map((index) => `$${index + 1}::text[]`).join(', ')
    const text = statement(`unnest(${arrays}) as t(${columns.map((index) => `v${index}`).join(', ')})`)
    for (let start = 0; start < rows.length; start += ROWS_OF_A_STATEMENT) {
      const chunk = rows.slice(start, start + ROWS_OF_A_STATEMENT)
      await this.#pool.query({ text, values: columns.map((index) => chunk.map((row) => row[index])) })
    }
  }

  /** Columns in their order, with their types. */
  async #typesOf(table: string): Promise<Map<string, string>> {
    const { rows } = await this.#pool.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [table]
    )
    return new Map(rows.map(({ name, type }) => [name, type]))
  }

  async serverPids(): Promise<number[]> {
    const { rows } = await this.#pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    return rows.map(({ pid }) => pid)
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}
