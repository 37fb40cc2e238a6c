import { type BulkSql, type JsonColumnType } from './bulk_dialect.js'
import { type SqlClient, selectRows } from './sql_client.js'

const TYPES: Record<JsonColumnType, string> = {
  int: 'integer',
  text: 'text',
  json: 'jsonb',
  time: 'timestamptz',
  bool: 'boolean',
  bytes: 'text',
}

/** PostgreSQL: `jsonb_to_recordset` or `jsonb_array_elements` over one parameter. */
export class PostgresBulkSql implements BulkSql {
  rows(alias: string, columns: Record<string, JsonColumnType>): string {
    const declared = Object.entries(columns).map(([name, type]) => `${name} ${TYPES[type]}`)
    const recordset = `jsonb_to_recordset(?::jsonb) as t(${declared.join(', ')})`
    const fields = Object.entries(columns).map(([name, type]) =>
      type === 'bytes' ? `decode(${name}, 'hex') as ${name}` : name
    )
    return `(select ${fields.join(', ')} from ${recordset}) as ${alias}`
  }

  tuples(alias: string, columns: Record<string, JsonColumnType>): string {
    const fields = Object.entries(columns).map(([name, type], index) => {
      const text = `t.cells->>${index}`
      switch (type) {
        case 'json':
          return `nullif(t.cells->${index}, 'null') as ${name}`
        case 'bytes':
          return `decode(${text}, 'hex') as ${name}`
        default:
          return `(${text})::${TYPES[type]} as ${name}`
      }
    })
    return `(select ${fields.join(', ')} from jsonb_array_elements(?::jsonb) as t(cells)) as ${alias}`
  }

  async allocateIds(client: SqlClient, table: string, count: number): Promise<number[]> {
    const rows = await selectRows<{ id: number }>(
      client,
      `with sequence as materialized (select pg_get_serial_sequence(?, 'id')::regclass as name)
       select nextval(sequence.name)::int as id from sequence cross join generate_series(1, ?::int)`,
      [table, count]
    )
    return rows.map((row) => row.id).sort((a, b) => a - b)
  }

  /** Not `now()`, which stands still inside a transaction. */
  clock(seconds = 0): string {
    return `(clock_timestamp() + interval '${seconds} seconds')`
  }
}
