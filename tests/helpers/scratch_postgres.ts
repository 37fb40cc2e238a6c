import { type Group } from '@japa/runner/core'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { withConnection } from '#services/transfer/with_connection'
import { startPostgres } from '#tests/helpers/postgres'

/** A PostgreSQL server beside the database of the tests, with empty databases on demand. */
export interface ScratchPostgres {
  /** Makes an empty database, and answers its URL. */
  create(): Promise<string>
  within<T>(url: string, work: (client: QueryClientContract) => Promise<T>): Promise<T>
}

/** Starts it with the group and ends it with it. */
export function withScratchPostgres(group: Group): ScratchPostgres {
  let home = ''
  let made = 0

  group.setup(async () => {
    const server = await startPostgres()
    home = server.url
    return server.stop
  })

  function within<T>(url: string, work: (client: QueryClientContract) => Promise<T>): Promise<T> {
    return withConnection({ client: 'pg', connection: { connectionString: url } }, work)
  }

  return {
    within,
    async create() {
      const url = new URL(home)
      url.pathname = `/scratch_${++made}`
      await within(home, (client) => client.rawQuery(`create database scratch_${made}`))
      return url.href
    },
  }
}
