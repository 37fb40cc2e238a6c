import db from '@adonisjs/lucid/services/db'

/** The SQL texts that were sent to the database while `work` ran, in their order. */
export async function countStatements(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const knex = db.connection().getWriteClient()
  const listen = ({ sql }: { sql: string }) => statements.push(sql)
  knex.client.on('query', listen)
  try {
    await work()
  } finally {
    knex.client.off('query', listen)
  }
  return statements
}
