import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
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

/** A TCP port of the loopback interface that nothing listens on. */
export function findFreePort() {
  return new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
