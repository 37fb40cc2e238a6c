import { test } from '@japa/runner'
import { ownMigrations } from '#services/operations/own_migrations'
import { shapeOf } from '#services/transfer/schema_shape'
import { contentsOf, type RowContents } from '#services/transfer/table_digest'
import { readDatabase } from '#services/transfer/table_rows'
import { withScratchPostgres } from '#tests/helpers/scratch_postgres'
import { Installation } from './installation.js'

test.group('Backups of PostgreSQL', (group) => {
  const postgres = withScratchPostgres(group)
  let installation: Installation
  let [source, target, backup]: [string, string, string] = ['', '', '']

  group.setup(async () => {
    installation = new Installation()
    ;[source, target] = [await postgres.create(), await postgres.create()]
    await installation.run(['setup'], { DATABASE_URL: source })
    await installation.run(['inventory:seed', '--with-samples'], { DATABASE_URL: source })
    const { stdout } = await installation.run(['backup:create', '--json'], { DATABASE_URL: source })
    backup = JSON.parse(stdout).path
    await installation.run(['setup'], { DATABASE_URL: target })
    return () => installation.remove()
  })
  group.tap((each) => each.timeout(120_000))

  const restore = (...flags: string[]) =>
    installation.run(['backup:restore', backup, ...flags], { DATABASE_URL: target })

  async function contents(url: string): Promise<RowContents> {
    const shape = await shapeOf(await ownMigrations())
    return postgres.within(url, (client) => contentsOf(readDatabase(client, shape)))
  }

  test('do not replace a database that is in use', async ({ assert }) => {
    const before = await contents(target)

    const outcome = await postgres.within(target, async (client) => {
      await client.from('users')
      return restore('--replace')
    })

    assert.equal(outcome.code, 1)
    assert.match(outcome.stderr, /in use by 1 connections: stop LAIM/)
    assert.deepEqual(await contents(target), before)
  })

  test('replace a database on request only, row for row', async ({ assert }) => {
    const before = await contents(target)

    const refused = await restore()
    const untouched = await contents(target)
    const replaced = await restore('--replace')
    const after = await contents(target)

    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /holds \d+ tables: .*--replace/)
    assert.deepEqual(untouched, before)
    assert.equal(replaced.code, 0, replaced.stderr)
    assert.equal(after.counts.assets, 10)
    assert.deepEqual(after, await contents(source))
  })

  test('do not replace tables of others', async ({ assert }) => {
    await postgres.within(target, (client) => client.rawQuery('create table theirs (id int)'))

    const outcome = await restore('--replace')

    assert.equal(outcome.code, 1)
    assert.match(outcome.stderr, /theirs.*name an empty database/)
  })
})
