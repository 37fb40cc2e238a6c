import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { RunPragmas } from '#database/run_pragmas'
import { setPragmas } from '#database/set_pragmas'
import { eachWithWorld } from '#tests/helpers/rolled_back_world'

/** What is used of better-sqlite3, which brings no types. */
type Connection = Parameters<typeof setPragmas>[0] & {
  readonly open: boolean
  pragma(statement: string, options?: { simple: boolean }): unknown
  close(): void
}

const Database = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection

/** In KiB, as SQLite tells it. */
const LARGE_CACHE = -48_000

const SYNCHRONOUS = { normal: 1, full: 2 }

test.group('A connection to a SQLite file', (group) => {
  let folder: string

  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'laim-pragmas-'))
    return () => rmSync(folder, { recursive: true })
  })

  function openFile(isDurable: boolean) {
    const connection = new Database(join(folder, 'x.sqlite3'))
    setPragmas(connection, isDurable)
    const settings = ['synchronous', 'journal_mode', 'foreign_keys', 'busy_timeout'].map((name) =>
      connection.pragma(name, { simple: true })
    )
    connection.close()
    return settings
  }

  test('has what people did on the disk before they are told so', ({ assert }) => {
    assert.deepEqual(openFile(true), [SYNCHRONOUS.full, 'wal', 1, 0])
  })

  test('does not wait for the disk after every batch of a run', ({ assert }) => {
    assert.deepEqual(openFile(false), [SYNCHRONOUS.normal, 'wal', 1, 0])
  })
})

test.group('The SQLite connections of a process', (group) => {
  let folder: string

  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'laim-pragmas-'))
    return () => rmSync(folder, { recursive: true })
  })

  const open = () => new Database(join(folder, 'x.sqlite3'))
  const cacheOf = (connection: Connection) => connection.pragma('cache_size', { simple: true })

  test('have a large cache once it takes a run, those that were open and those to come, and no other process', ({
    assert,
  }) => {
    const [former, closed, later, other] = [open(), open(), open(), open()]
    const pragmas = new RunPragmas()
    pragmas.add(former)
    pragmas.add(closed)
    new RunPragmas().add(other)
    const usual = cacheOf(other)
    assert.equal(cacheOf(former), usual)

    closed.close()
    pragmas.set()
    pragmas.add(later)

    assert.deepEqual([former, later, other].map(cacheOf), [LARGE_CACHE, LARGE_CACHE, usual])
    for (const connection of [former, later, other]) {
      connection.close()
    }
  })
})

test.group('A run', (group) => {
  const world = eachWithWorld(group)

  test('has a large cache on SQLite', async ({ assert }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'box' }])

    if (!isPostgres(db.connection())) {
      assert.deepEqual(await db.rawQuery('pragma cache_size'), [{ cache_size: LARGE_CACHE }])
    }
  })
})
