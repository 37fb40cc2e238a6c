import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { ownMigrations } from '#services/operations/own_migrations'
import { listTables } from '#services/transfer/list_tables'
import { MoveInventory } from '#services/transfer/move_inventory'
import { type SchemaShape, shapeOf } from '#services/transfer/schema_shape'
import { contentsOf } from '#services/transfer/table_digest'
import { readDatabase } from '#services/transfer/table_rows'
import { withSqliteFile } from '#services/transfer/with_sqlite_file'
import { emptyDatabase } from '#tests/helpers/database'
import { furnishInventory } from '#tests/helpers/furnish_inventory'
import { withScratchPostgres } from '#tests/helpers/scratch_postgres'

test.group('Moving an inventory', (group) => {
  let shape: SchemaShape
  let folder: string
  const postgres = withScratchPostgres(group)

  group.setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'laim-move-'))
    shape = await shapeOf(await ownMigrations())
    await furnishInventory()
    return async () => {
      await emptyDatabase()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  group.tap((each) => each.timeout(120_000))

  const contents = (client: QueryClientContract) => contentsOf(readDatabase(client, shape))

  test('takes rows of every table to PostgreSQL, all the same', async ({ assert }) => {
    const url = await postgres.create()

    const moved = await new MoveInventory().handle({ dialect: 'postgres', connection: { connectionString: url } })

    assert.deepEqual(await postgres.within(url, contents), moved)
    assert.deepEqual(moved, await contents(db.connection()))
    const empty = Object.entries(moved.counts).filter(([, count]) => count === 0)
    assert.deepEqual(empty, [], 'the test furnishes every table')
  })

  test('takes them to SQLite, all the same', async ({ assert }) => {
    const filename = join(folder, 'moved/laim.sqlite3')

    const moved = await new MoveInventory().handle({ dialect: 'sqlite', filename })

    assert.deepEqual(await withSqliteFile(filename, contents), moved)
    assert.deepEqual(moved, await contents(db.connection()))
    assert.deepEqual(await withSqliteFile(filename, (client) => client.rawQuery('pragma foreign_key_check')), [])
  })

  test('gives no id a second time, and counts on from the highest', async ({ assert }) => {
    const url = await postgres.create()
    await new MoveInventory().handle({ dialect: 'postgres', connection: { connectionString: url } })

    const [added] = await postgres.within(url, (client) =>
      client.table('rooms').insert({ name: 'new' }).returning('id')
    )

    const rooms = await db.from('rooms').select('id')
    assert.equal(added.id, Math.max(...rooms.map(({ id }) => id)) + 2, 'the id of the room that is gone stays unused')
  })

  test('refuses a target that holds something, and leaves it alone', async ({ assert }) => {
    const url = await postgres.create()
    await postgres.within(url, (client) => client.rawQuery('create table theirs (id integer)'))
    const filename = join(folder, 'theirs.sqlite3')
    writeFileSync(filename, 'theirs')

    const move = new MoveInventory()
    await assert.rejects(
      () => move.handle({ dialect: 'postgres', connection: { connectionString: url } }),
      /target holds 1 tables: name an empty database/
    )
    await assert.rejects(() => move.handle({ dialect: 'sqlite', filename }), /There is a file .* already/)

    assert.deepEqual(await postgres.within(url, listTables), ['theirs'])
    assert.equal(readFileSync(filename, 'utf8'), 'theirs')
  })
})
