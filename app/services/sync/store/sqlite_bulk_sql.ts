import { type BulkSql, type JsonColumnType } from './bulk_dialect.js'
import { type SqlClient, selectRows } from './sql_client.js'

/** SQLite: `jsonb_each` over one text parameter, which is parsed once, not once for each column of each row. */
export class SqliteBulkSql implements BulkSql {
  rows(alias: string, columns: Record<string, JsonColumnType>): string {
    return this.#from(alias, columns, (name) => `'$.${name}'`)
  }

  tuples(alias: string, columns: Record<string, JsonColumnType>): string {
    return this.#from(alias, columns, (_name, index) => String(index))
  }

  #from(
    alias: string,
    columns: Record<string, JsonColumnType>,
    pathOf: (name: string, index: number) => string
  ): string {
    const fields = Object.entries(columns).map(([name, type], index) => {
      const value = `value->>${pathOf(name, index)}`
      return type === 'bytes' ? `unhex(${value}) as ${name}` : `${value} as ${name}`
    })
    return `(select ${fields.join(', ')} from jsonb_each(?)) as ${alias}`
  }

  /** The writing transaction holds the only write lock, so the highest id is nobody else's to take. */
  async allocateIds(client: SqlClient, table: string, count: number): Promise<number[]> {
    const [row] = await selectRows<{ last: number | null }>(
      client,
      `select max(coalesce((select seq from sqlite_sequence where name = ?), 0),
                  coalesce((select max(id) from ${table}), 0)) as last`,
      [table]
    )
    const last = row?.last ?? 0
    return Array.from({ length: count }, (_, index) => last + index + 1)
  }

  /** One machine, so its clock; in the form of every stored time. */
  clock(seconds = 0): string {
    return `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '${seconds} seconds')`
  }
}
