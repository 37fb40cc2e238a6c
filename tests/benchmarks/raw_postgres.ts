import pg from 'pg'
import { type RawDatabase, type TableRows } from './raw_database.js'

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

  async write(tables: readonly TableRows[]): Promise<void> {
    await this.#pool.query('begin')
    for (const { table, columns, rows } of tables) {
      const types = await this.#typesOf(table)
      const casts = columns.map((column, index) => `v${index}::${types.get(column)}`).join(', ')
      const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
      const names = columns.map((_, index) => `v${index}`).join(', ')
      const text = `insert into ${table} (${columns.join(', ')}) select ${casts} from unnest(${arrays}) as t(${names})`
      for (let start = 0; start < rows.length; start += ROWS_OF_A_STATEMENT) {
        const chunk = rows.slice(start, start + ROWS_OF_A_STATEMENT)
        await this.#pool.query({ name: table, text, values: columns.map((_, index) => chunk.map((row) => row[index])) })
      }
    }
    await this.#pool.query('commit')
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
