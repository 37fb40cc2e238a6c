import { fork } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { isPostgres } from '#database/columns'
import { listTables } from '#services/transfer/list_tables'
import { connectTo } from '#tests/helpers/own_connection'
import { startPostgres } from '#tests/helpers/postgres'
import { ended, type Engine } from '../functional/durability/crash_lab.js'

const MIGRATIONS = readdirSync(app.migrationsPath()).filter((file) => /^\d+.*\.ts$/.test(file)).length

/** An empty database, and how to remove it. */
async function emptyDatabaseOn(engine: Engine) {
  if (engine === 'PostgreSQL') {
    const server = await startPostgres()
    return { url: server.url, remove: server.stop }
  }
  const folder = mkdtempSync(join(tmpdir(), 'laim-migrating-'))
  return { url: `sqlite:${join(folder, 'laim.sqlite3')}`, remove: async () => rmSync(folder, { recursive: true }) }
}

/** `setup` in a process; killed when the so manieth migration is done but not yet noted, or not at all with 0. */
function setUp(url: string, killedAt = 0) {
  return ended(
    fork(app.makePath('tests/system/killed_setup.ts'), [String(killedAt)], {
      execArgv: ['--import=@poppinss/ts-exec'],
      cwd: app.makePath(),
      env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
  )
}

/** Every table, column, index, trigger and constraint, in words of the database. */
async function schemaOf(client: QueryClientContract): Promise<unknown[]> {
  if (!isPostgres(client)) {
    return client.rawQuery(
      `select type, name, sql from sqlite_master where name not like 'adonis_%' and name not like 'sqlite_%' order by type, name`
    )
  }
  const { rows } = await client.rawQuery(
    `select table_name as place, column_name || data_type || is_nullable || coalesce(column_default, '') as what
       from information_schema.columns where table_schema = 'public' and table_name not like 'adonis_%'
     union all select tablename, indexdef from pg_indexes where schemaname = 'public' and tablename not like 'adonis_%'
     union all select conrelid::regclass::text, conname || pg_get_constraintdef(oid) from pg_constraint
       where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'adonis_%'
     union all select event_object_table, trigger_name || action_statement from information_schema.triggers
     order by 1, 2`
  )
  return rows
}

async function inDatabase<T>(url: string, work: (client: QueryClientContract) => Promise<T>): Promise<T> {
  try {
    return await work(connectTo(url, 'migrated'))
  } finally {
    await db.manager.close('migrated', true)
  }
}

const notedIn = (client: QueryClientContract) => client.from('adonis_schema').orderBy('id').select('name')

for (const engine of ['SQLite', 'PostgreSQL'] as const satisfies Engine[]) {
  test.group(`A set-up on ${engine}`, () => {
    test('F6: that is killed in any migration leaves the database as it was, and the next one does all', async ({
      assert,
      cleanup,
    }) => {
      const whole = await emptyDatabaseOn(engine)
      const killed = await emptyDatabaseOn(engine)
      cleanup(async () => {
        await whole.remove()
        await killed.remove()
      })
      assert.equal((await setUp(whole.url)).code, 0)
      const golden = await inDatabase(whole.url, schemaOf)

      for (let at = 1; at <= MIGRATIONS; at++) {
        const { signal } = await setUp(killed.url, at)

        assert.equal(signal, 'SIGKILL')
        assert.deepEqual(await inDatabase(killed.url, listTables), [], `killed in migration ${at}`)
      }
      assert.equal((await setUp(killed.url)).code, 0)

      assert.lengthOf(await inDatabase(killed.url, notedIn), MIGRATIONS)
      assert.deepEqual(await inDatabase(killed.url, schemaOf), golden)
    })

    test('leaves the way to another one that starts at the same time: the work is done once', async ({
      assert,
      cleanup,
    }) => {
      const { url, remove } = await emptyDatabaseOn(engine)
      cleanup(remove)

      const exits = await Promise.all([setUp(url), setUp(url), setUp(url)])

      assert.deepEqual(
        exits.map(({ code }) => code),
        [0, 0, 0]
      )
      assert.lengthOf(await inDatabase(url, notedIn), MIGRATIONS)
      assert.lengthOf(await inDatabase(url, (client) => client.from('users')), 1)
    })
  })
}
