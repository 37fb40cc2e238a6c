import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'

/** A row that points nowhere: the database looks at it when the transaction is to be committed. */
const DANGLING = { id: 1, parent: 2 }

test.group('A transaction that cannot be committed', (group) => {
  group.each.setup(async () => {
    await db.rawQuery(
      `create table twigs (id integer primary key, parent integer references twigs (id) deferrable initially deferred)`
    )
    return async () => {
      await db.rawQuery('drop table twigs')
    }
  })

  test('fails for who asked for it, and leaves nothing', async ({ assert }) => {
    const managed = db.transaction((trx) => trx.table('twigs').insert(DANGLING))
    await assert.rejects(() => managed, /foreign key/i)

    const own = await db.transaction()
    await own.table('twigs').insert(DANGLING)
    await assert.rejects(() => own.commit(), /foreign key/i)

    assert.lengthOf(await db.from('twigs'), 0)
  })

  test('does not stand in the way of the next ones', async ({ assert }) => {
    for (let attempt = 0; attempt < 12; attempt++) {
      await assert.rejects(() => db.transaction((trx) => trx.table('twigs').insert(DANGLING)))
    }

    await db.transaction((trx) => trx.table('twigs').insert({ id: 3, parent: null }))

    assert.lengthOf(await db.from('twigs'), 1)
  })

  test('takes its part only out of the one around it', async ({ assert }) => {
    await db.transaction(async (trx) => {
      await trx.table('twigs').insert({ id: 4, parent: null })
      await assert.rejects(() =>
        trx.transaction(async (inner) => {
          await inner.table('twigs').insert({ id: 5, parent: null })
          throw new Error('no')
        })
      )
    })

    assert.lengthOf(await db.from('twigs'), 1)
  })
})
