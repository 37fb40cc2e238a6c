import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { setPragmas } from '#database/set_pragmas'

/** What is used of better-sqlite3, which brings no types. */
type Connection = Parameters<typeof setPragmas>[0] & {
  pragma(statement: string, options?: { simple: boolean }): unknown
  close(): void
}

const Database = createRequire(import.meta.url)('better-sqlite3') as new (file: string) => Connection

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
