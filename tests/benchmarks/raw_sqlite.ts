import { createRequire } from 'node:module'
import { HASHES, keyOf, type Difference, type RawDatabase, type TableRows } from './raw_database.js'

/** What is used of better-sqlite3, which brings no types. */
interface Driver {
  pragma(text: string): unknown
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

interface Statement {
  raw(): Statement
  columns(): { name: string }[]
  all(...values: unknown[]): unknown[][]
  run(...values: unknown[]): unknown
}

/** One prepared statement a table, one transaction for all, and the search index built at the end. */
export class RawSqlite implements RawDatabase {
  readonly #db: Driver

  constructor(file: string) {
    const Database = createRequire(import.meta.url)('better-sqlite3') as new (name: string) => Driver
    this.#db = new Database(file)
    for (const setting of ['journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON']) {
      this.#db.pragma(setting)
    }
  }

  async readTable(table: string): Promise<TableRows> {
    const statement = this.#db.prepare(`select * from ${table}`).raw()
    return { table, columns: statement.columns().map(({ name }) => name), rows: statement.all() }
  }

  async readHashes(): Promise<Map<string, string>> {
    return new Map(this.#db.prepare(HASHES).raw().all() as [string, string][])
  }

  async write(tables: readonly TableRows[]): Promise<void> {
    const triggers = this.#db
      .prepare(`select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'assets'`)
      .raw()
      .all()
    this.#db.exec('begin')
    triggers.forEach(([name]) => this.#db.exec(`drop trigger ${String(name)}`))
    tables.forEach((rows) => this.#insert(rows))
    this.#db.exec(`insert into assets_fts(assets_fts) values ('rebuild')`)
    triggers.forEach(([, sql]) => this.#db.exec(String(sql)))
    this.#db.exec('commit')
  }

  async replace(differences: readonly Difference[]): Promise<void> {
    this.#db.exec('begin')
    for (const { put, gone } of [...differences].reverse()) {
      const conditions = keyOf(put).map((column) => `${column} = ?`)
      const statement = this.#db.prepare(`delete from ${put.table} where ${conditions.join(' and ')}`)
      gone.forEach((key) => statement.run(...key))
    }
    for (const { put } of differences) {
      const key = keyOf(put)
      const others = put.columns
        .filter((column) => !key.includes(column))
        .map((column) => `${column} = excluded.${column}`)
      this.#insert(put, `on conflict (${key.join(', ')}) do update set ${others.join(', ')}`)
    }
    this.#db.exec('commit')
  }

  #insert({ table, columns, rows }: TableRows, onConflict = ''): void {
    const values = columns.map(() => '?').join(', ')
    const names = columns.join(', ')
    const statement = this.#db.prepare(`insert into ${table} (${names}) values (${values}) ${onConflict}`)
    for (const row of rows) {
      statement.run(...row)
    }
  }

  async serverPids(): Promise<number[]> {
    return []
  }

  async close(): Promise<void> {
    this.#db.close()
  }
}
