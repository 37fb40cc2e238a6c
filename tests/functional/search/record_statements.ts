import db from '@adonisjs/lucid/services/db'

export interface Statement {
  readonly sql: string
  readonly bindings: unknown[]
}

/** What an action asks of the database, in order; what opens and closes transactions is left out. */
export async function recordStatements(action: () => Promise<unknown>): Promise<Statement[]> {
  const knex = db.getRawConnection(db.primaryConnectionName)?.connection?.client
  if (!knex) {
    throw new Error('The database is not connected')
  }
  const statements: Statement[] = []
  const record = (query: { sql: string; bindings: unknown[] }) => {
    statements.push({ sql: query.sql, bindings: query.bindings })
  }
  knex.on('query', record)
  try {
    await action()
  } finally {
    knex.removeListener('query', record)
  }
  return statements.filter(({ sql }) => !/^(begin|commit|rollback|savepoint|release)/i.test(sql))
}
