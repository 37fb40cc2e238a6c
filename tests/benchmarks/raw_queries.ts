import { createRequire } from 'node:module'
import pg from 'pg'

type Row = Record<string, unknown>

/** A database behind nothing but its driver, with prepared statements. */
export interface Queries {
  all(sql: string, values: readonly unknown[]): Promise<Row[]>
  /** Ids of the active assets that contain a word of three letters or more. */
  search(word: string): Promise<unknown[]>
}

export function openQueries(url: string): Queries {
  return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url)
}

interface Driver {
  pragma(text: string): unknown
  prepare(sql: string): { all(...values: unknown[]): Row[] }
}

function openSqlite(file: string): Queries {
  const Database = createRequire(import.meta.url)('better-sqlite3') as new (name: string) => Driver
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  const statements = new Map<string, ReturnType<Driver['prepare']>>()
  const all = async (sql: string, values: readonly unknown[]) => {
    const statement = statements.get(sql) ?? db.prepare(sql.replaceAll(/\$\d/g, '?'))
    statements.set(sql, statement)
    return statement.all(...values)
  }
  return {
    all,
    async search(word) {
      const trigrams = Array.from({ length: word.length - 2 }, (_, start) => `"${word.slice(start, start + 3)}"`)
      const rows = await all(
        `select a.id from assets_fts f cross join assets a on a.id = f.rowid
         where f.assets_fts match $1 and instr(a.search, $2) > 0 and a.is_active limit 10001`,
        [trigrams.join(' AND '), word]
      )
      return rows.map(({ id }) => id)
    },
  }
}

function openPostgres(connectionString: string): Queries {
  const pool = new pg.Pool({ connectionString, max: 1 })
  const names = new Map<string, string>()
  const all = async (text: string, values: readonly unknown[]) => {
    const name = names.get(text) ?? `s${names.size}`
    names.set(text, name)
    const { rows } = await pool.query<Row>({ name, text, values: [...values] })
    return rows
  }
  return {
    all,
    async search(word) {
      const rows = await all('select id from assets where search like $1 and is_active limit 10001', [`%${word}%`])
      return rows.map(({ id }) => id)
    },
  }
}
