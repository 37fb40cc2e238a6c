import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { readDatabase } from '#services/transfer/table_rows'
import { shapeOf } from '#services/transfer/schema_shape'
import { ownMigrations } from '#services/operations/own_migrations'
import { withSqliteFile } from '#services/transfer/with_sqlite_file'
import { Installation } from './installation.js'

/** Every row of the tables that people and sources fill. */
async function rowsOf(file: string) {
  const shape = await shapeOf(await ownMigrations())
  return withSqliteFile(file, async (client) => {
    const rows: Record<string, unknown[]> = {}
    for await (const batch of readDatabase(client, shape)) {
      ;(rows[batch.table.name] ??= []).push(...batch.rows)
    }
    return rows
  })
}

test.group('Backups of SQLite', (group) => {
  let source: Installation
  let backup: string
  let target: Installation

  group.setup(async () => {
    source = new Installation()
    await source.run(['setup'])
    await source.run(['inventory:seed', '--with-samples'])
    backup = String((await source.ask('backup:create')).path)
    return () => source.remove()
  })
  group.each.setup(() => {
    target = new Installation()
    return () => target.remove()
  })
  group.tap((each) => each.timeout(60_000))

  /** The backup, copied to the target, where a test may damage it. */
  function copied() {
    const file = join(target.home, backup.split('/').at(-1)!)
    copyFileSync(backup, file)
    copyFileSync(`${backup}.manifest.json`, `${file}.manifest.json`)
    return file
  }

  test('hold every row when they are restored elsewhere', async ({ assert }) => {
    const { code, stderr } = await target.run(['backup:restore', backup])

    assert.equal(code, 0, stderr)
    const restored = await rowsOf(target.database)
    assert.deepEqual(restored, await rowsOf(source.database))
    assert.lengthOf(restored.assets!, 10)
    assert.equal((await target.run(['setup'])).code, 0)
  })

  test('count their rows, name their schema and are readable by their owner only', async ({ assert }) => {
    const manifest = JSON.parse(readFileSync(`${backup}.manifest.json`, 'utf8'))

    assert.containsSubset(manifest, { format: 1, kind: 'sqlite_file', counts: { assets: 10, users: 4 } })
    assert.include(manifest.migrations, '0001_create_users')
    const { mode } = statSync(backup)
    assert.equal(mode & 0o077, 0)
  })

  test('are verified without touching anything', async ({ assert }) => {
    const { code } = await target.run(['backup:restore', backup, '--verify'])

    assert.equal(code, 0)
    assert.isFalse(existsSync(target.database))
  })

  test('leave the database alone when they are refused', async ({ assert }) => {
    const file = copied()
    appendFileSync(file, 'x')

    const { code, stderr } = await target.run(['backup:restore', file])

    assert.equal(code, 1)
    assert.match(stderr, /checksum/)
    assert.isFalse(existsSync(target.database))
  })

  test('replace a database only on request, and keep it', async ({ assert }) => {
    await target.run(['setup'])

    const refused = await target.run(['backup:restore', backup])
    const { kept } = await target.ask('backup:restore', backup, '--replace')

    assert.equal(refused.code, 1)
    assert.include(refused.stderr, '--replace')
    assert.lengthOf((await rowsOf(String(kept))).assets!, 0)
    assert.lengthOf((await rowsOf(target.database)).assets!, 10)
    assert.deepEqual(readdirSync(join(target.home, 'database')), ['laim.sqlite3'])
  })

  test('replace a damaged database too', async ({ assert }) => {
    mkdirSync(join(target.home, 'database'))
    writeFileSync(target.database, 'no database at all'.repeat(500))

    const { code, stderr } = await target.run(['backup:restore', backup, '--replace'])

    assert.equal(code, 0, stderr)
    assert.lengthOf((await rowsOf(target.database)).assets!, 10)
  })

  test('do not replace a database that is in use', async ({ assert }) => {
    await target.run(['setup'])

    const outcome = await withSqliteFile(target.database, async (client) => {
      await client.from('users')
      return target.run(['backup:restore', backup, '--replace'])
    })

    assert.equal(outcome.code, 1)
    assert.match(outcome.stderr, /in use: stop LAIM/)
    assert.lengthOf((await rowsOf(target.database)).assets!, 0)
  })

  test('are removed when they are too many, oldest first, and other files stay', async ({ assert }) => {
    await target.run(['setup'])
    mkdirSync(target.backups)
    writeFileSync(join(target.backups, 'notes.txt'), 'mine')
    const first = await target.ask('backup:create')

    const second = await target.ask('backup:create', '--keep', '1')

    assert.deepEqual(second.removed, [first.path])
    const name = String(second.file)
    assert.sameMembers(readdirSync(target.backups), [name, `${name}.manifest.json`, 'notes.txt'])
  })

  test('say what to do when their folder cannot be used, and leave nothing behind', async ({ assert }) => {
    await target.run(['setup'])
    writeFileSync(target.backups, 'a file')
    chmodSync(target.backups, 0o400)

    const { code, stderr } = await target.run(['backup:create', '--to', join(target.backups, 'x')])

    assert.equal(code, 1)
    assert.match(stderr, /cannot be written .*--to/)
  })

  test('are refused at once below a file system that takes no folders', async ({ assert }) => {
    await target.run(['setup'])

    const { code, stderr } = await target.run(['backup:create', '--to', '/proc/laim/backups'])

    assert.equal(code, 1)
    assert.match(stderr, /The folder \/proc\/laim\/backups cannot be written .*--to/)
  })

  test('are not kept to a number that is none', async ({ assert }) => {
    assert.equal((await target.run(['backup:create', '--keep', '0'])).code, 3)
  })
})
