import app from '@adonisjs/core/services/app'
import { HttpContextFactory } from '@adonisjs/core/factories/http'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { stores } from '@adonisjs/session'
import { test } from '@japa/runner'
import { seldomTouched } from '#services/identity/seldom_touched'
import { countStatements } from '#tests/helpers/statement_counter'

test.group('The store of sessions', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('73: writes nothing for a page that is only looked at', async ({ assert }) => {
    const makeStore = await seldomTouched(stores.database()).resolver(app)
    const config = { age: '12h' } as Parameters<typeof makeStore>[1]
    const store = () => makeStore(new HttpContextFactory().create(), config)
    await store().write('one', { who: 'mara' })
    await db.from('sessions').update({ expires_at: new Date(Date.now() + 60_000) })
    await store().touch('one')
    const row = await db.from('sessions').where('id', 'one').firstOrFail()

    const statements = await countStatements(async () => {
      for (let page = 0; page < 5; page++) {
        assert.deepEqual(await store().read('one'), { who: 'mara' })
        await store().touch('one')
      }
    })

    assert.isAbove(new Date(row.expires_at).getTime(), Date.now() + 11 * 3_600_000, 'the first one prolonged it')
    assert.lengthOf(statements, 5)
    assert.isTrue(statements.every((sql) => sql.startsWith('select')))
  })
})
