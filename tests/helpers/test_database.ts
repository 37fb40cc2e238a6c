import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from './postgres.js'

interface TestDatabase {
  url: string
  remove: () => Promise<void>
}

/**
 * An empty database of this run alone: a SQLite file in a folder of its own,
 * or with LAIM_TEST_DATABASE=postgres a PostgreSQL server of its own.
 */
export async function prepareTestDatabase(): Promise<TestDatabase> {
  if (process.env.LAIM_TEST_DATABASE === 'postgres') {
    const server = await startPostgres()
    return { url: server.url, remove: server.stop }
  }

  const folder = mkdtempSync(join(tmpdir(), 'laim-test-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  return { url: `sqlite:${folder}/laim.sqlite3`, remove: async () => remove() }
}
