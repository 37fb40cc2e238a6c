import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { isPostgres } from '#database/columns'
import { selectPrepared, selectRows } from '#services/sync/store/sql_client'
import { asUser } from '#tests/helpers/as_user'
import { insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'

test.group('What nearly every request asks', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('is prepared once for each connection of PostgreSQL', async ({ assert, client }) => {
    await addNames()
    const [asset] = await insertAssets([{ hostname: 'lab-1', assetType: 'Switch' }])
    const { token } = await asUser('superuser')

    for (let time = 0; time < 3; time++) {
      const answer = await client.get(`/api/items/${asset!.id}`).bearerToken(token)
      answer.assertStatus(200)
    }

    if (isPostgres(db.connection())) {
      const prepared = await selectRows<{ name: string }>(
        db.connection(),
        "select name from pg_prepared_statements where name like 'find%' order by name"
      )
      assert.deepEqual(prepared, [{ name: 'find_asset' }, { name: 'find_token' }])
    }
  })

  test('is answered with the values of now, whatever was asked before', async ({ assert }) => {
    const select = (value: number) =>
      selectPrepared<{ twice: number }>(db.connection(), 'twice', 'select cast(? as integer) * 2 as twice', [value])

    const answers = [await select(1), await select(2), await select(3)]

    assert.deepEqual(answers, [[{ twice: 2 }], [{ twice: 4 }], [{ twice: 6 }]])
  })

  test('is answered also after a migration made its tables wider', async ({ assert, client }) => {
    await addNames()
    const [asset] = await insertAssets([{ hostname: 'lab-1', assetType: 'Switch' }])
    const { token } = await asUser('superuser')
    const read = () => client.get(`/api/items/${asset!.id}`).bearerToken(token)
    const before = await read()

    for (const table of ['auth_access_tokens', 'users', 'assets', 'source_records', 'sources']) {
      await db.rawQuery(`alter table ${table} add column of_tomorrow integer`)
    }

    const after = await read()
    after.assertStatus(200)
    assert.deepEqual(after.body(), before.body())
  })
})
