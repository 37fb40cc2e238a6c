import { type JsonColumnType } from '#services/sync/store/bulk_dialect'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { withSqliteFile } from './with_sqlite_file.js'
import { listTables } from './list_tables.js'
import { runMigrations } from './run_migrations.js'

/** A table as both databases have it. */
export interface TableShape {
  readonly name: string
  readonly columns: Readonly<Record<string, JsonColumnType>>
  /** Columns of the primary key, in its order. */
  readonly key: readonly string[]
  /** True where the database counts the ids, and never gives one twice. */
  readonly isCounted: boolean
}

/** What migrations make. */
export interface SchemaShape {
  readonly migrations: readonly string[]
  /** Tables whose rows belong to the inventory, by name: those that a backup holds. */
  readonly tables: ReadonlyMap<string, TableShape>
  /** Everything that a SQLite file of this schema defines, as `type name`. */
  readonly objects: ReadonlySet<string>
}

/** Sessions and counted requests end with the database that they came to; migrating writes the lists of migrations. */
const LEFT_OUT = new Set(['sessions', 'rate_limits', 'adonis_schema', 'adonis_schema_versions'])

/** The search index, which follows its table. */
const DERIVED = /^assets_fts/

/** The schema after these migrations, found out by running them on an empty database in memory. */
export async function shapeOf(migrations: readonly string[]): Promise<SchemaShape> {
  return withSqliteFile(':memory:', async (client) => {
    await client.transaction((trx) => runMigrations(trx, migrations))
    const objects = await listObjects(client)
    const all = await listTables(client)
    const names = all.filter((name) => !DERIVED.test(name) && !LEFT_OUT.has(name))
    const shapes = await Promise.all(names.map((name) => readTable(client, name)))
    return {
      migrations,
      tables: new Map(shapes.map((shape) => [shape.name, shape])),
      objects: new Set(objects.map(({ type, name }) => `${type} ${name}`)),
    }
  })
}

/** Everything that a SQLite database defines: tables, indexes, triggers, views. */
export async function listObjects(client: SqlClient): Promise<{ type: string; name: string }[]> {
  return selectRows(client, 'select type, name from sqlite_master order by type, name')
}

async function readTable(client: SqlClient, name: string): Promise<TableShape> {
  const columns = await selectRows<{ name: string; type: string; pk: number }>(
    client,
    'select name, type, pk from pragma_table_info(?)',
    [name]
  )
  const [counted] = await selectRows(
    client,
    `select 1 from sqlite_master where name = ? and sql like '%autoincrement%'`,
    [name]
  )
  return {
    name,
    columns: Object.fromEntries(columns.map((column) => [column.name, toKind(column.type)])),
    key: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    isCounted: counted !== undefined,
  }
}

function toKind(declared: string): JsonColumnType {
  switch (declared.toLowerCase()) {
    case 'integer':
    case 'bigint':
      return 'int'
    case 'boolean':
      return 'bool'
    case 'datetime':
      return 'time'
    case 'json':
      return 'json'
    case 'blob':
      return 'bytes'
    default:
      return 'text'
  }
}
