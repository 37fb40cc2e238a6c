import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startPostgres } from '#tests/helpers/postgres'

export type DatabaseKind = 'sqlite' | 'postgres'

/** Where empty databases of one kind come from. */
export interface Store {
  /** The DATABASE_URL of a new database with the newest schema. */
  create(name: string): Promise<string>
  remove(): Promise<void>
}

/** A folder of files, or a server that lives as long as the store. */
export function openStore(kind: DatabaseKind): Promise<Store> {
  return kind === 'sqlite' ? openFolder() : openServer()
}

async function openFolder(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'laim-bench-'))
  return {
    create: async (name) => migrated(`sqlite:${join(folder, `${name}.sqlite3`)}`),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A server that learns by the way what the tables hold, as servers do: without that it plans for empty ones. */
async function openServer(): Promise<Store> {
  const server = await startPostgres(['autovacuum=on'])
  return {
    async create(name) {
      const client = new pg.Client({ connectionString: server.url })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return migrated(server.url.replace(/[^/]+$/, name))
    },
    remove: () => server.stop(),
  }
}

function migrated(url: string): string {
  const done = spawnSync(process.execPath, ['ace.js', 'migration:run', '--force'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: url },
    encoding: 'utf8',
  })
  if (done.status !== 0) {
    throw new Error(`The schema could not be made: ${done.stdout}${done.stderr}`)
  }
  return url
}
