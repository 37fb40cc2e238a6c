/** Rows of one table, each as the values of `columns`. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** What is to be done for a table to say what another says. */
export interface Difference {
  /** New rows, and rows that take the place of those with the same key. */
  readonly put: TableRows
  /** Keys of the rows that go. */
  readonly gone: readonly (readonly unknown[])[]
}

/** A database reached by nothing but its driver: what the engine is compared with. */
export interface RawDatabase {
  readTable(table: string): Promise<TableRows>
  /** The stored hash of each record, by its native id. */
  readHashes(): Promise<Map<string, string>>
  /** Writes all tables by the fastest route that keeps every index and constraint. */
  write(tables: readonly TableRows[]): Promise<void>
  /** Brings tables to another state, of which only the differences are given. */
  replace(differences: readonly Difference[]): Promise<void>
  /** Processes of the server that work for this connection. */
  serverPids(): Promise<number[]>
  close(): Promise<void>
}

/** Everything that a run writes, in the order of its references, with how many columns are the key: they come first. */
const KEYS: Readonly<Record<string, number>> = {
  asset_types: 1,
  sources: 1,
  sync_runs: 1,
  assets: 1,
  asset_identifiers: 3,
  source_records: 1,
  observations: 1,
  observation_identifiers: 3,
  change_sets: 1,
  changes: 1,
  run_seen: 3,
}

export const WRITTEN_TABLES = Object.keys(KEYS)

/** What a reading is compared with. */
export const HASHES = 'select native_id, content_hash from source_records where closed_at is null'

/** The columns that make the key of a table. */
export function keyOf({ table, columns }: Pick<TableRows, 'table' | 'columns'>): readonly string[] {
  return columns.slice(0, KEYS[table])
}

/** What makes the one table say what the other says. */
export function differenceOf(from: TableRows, to: TableRows): Difference {
  const width = keyOf(from).length
  const key = (row: readonly unknown[]) => row.slice(0, width).join(' ')
  const former = new Map(from.rows.map((row) => [key(row), row]))
  const put = to.rows.filter((row) => {
    const known = former.get(key(row))
    former.delete(key(row))
    return known === undefined || JSON.stringify(known) !== JSON.stringify(row)
  })
  return { put: { ...to, rows: put }, gone: [...former.values()].map((row) => row.slice(0, width)) }
}
