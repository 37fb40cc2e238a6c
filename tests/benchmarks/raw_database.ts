/** Rows of one table, each as the values of `columns`. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** A database reached by nothing but its driver: what the engine is compared with. */
export interface RawDatabase {
  readTable(table: string): Promise<TableRows>
  /** Writes all tables by the fastest route that keeps every index and constraint. */
  write(tables: readonly TableRows[]): Promise<void>
  /** Processes of the server that work for this connection. */
  serverPids(): Promise<number[]>
  close(): Promise<void>
}

/** Everything that an import writes, in the order of its references. */
export const IMPORTED_TABLES = [
  'asset_types',
  'sources',
  'sync_runs',
  'assets',
  'asset_identifiers',
  'source_records',
  'observations',
  'observation_identifiers',
  'change_sets',
  'changes',
  'run_seen',
]

/** The stored hash of each record, by its native id. */
export async function storedHashes(database: RawDatabase): Promise<Map<string, string>> {
  const { columns, rows } = await database.readTable('source_records')
  const [nativeId, hash] = [columns.indexOf('native_id'), columns.indexOf('content_hash')]
  return new Map(rows.map((row) => [String(row[nativeId]), String(row[hash])]))
}
