/** What keeping needs of better-sqlite3's connection. */
interface RawConnection<Statement> {
  prepare(sql: string): Statement
}

/** So many statements stay prepared for each connection. */
const KEPT = 200

/** Longer texts, such as those of a batch of rows, come in too many lengths to come again. */
const LONGEST = 10_000

/**
 * Keeps the statements of a connection prepared, which takes as long as a quick one takes to run. SQLite itself prepares
 * one anew when the schema has changed. The one that was not asked for the longest gives way.
 */
export function keepStatements<Statement>(connection: RawConnection<Statement>): void {
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, Statement>()
  connection.prepare = (sql) => {
    const statement = kept.get(sql) ?? prepare(sql)
    kept.delete(sql)
    if (sql.length <= LONGEST) {
      kept.set(sql, statement)
    }
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) {
      kept.delete(oldest)
    }
    return statement
  }
}
