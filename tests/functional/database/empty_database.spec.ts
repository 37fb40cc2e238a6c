import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { UserFactory } from '#database/factories/user_factory'
import { emptyDatabase } from '#tests/helpers/database'

test.group('The database of the tests', (group) => {
  group.each.teardown(() => emptyDatabase())

  test('can be emptied of committed rows, and counts ids from the start again', async ({ assert }) => {
    const before = await UserFactory.create()
    await emptyDatabase()

    assert.lengthOf(await db.from('users'), 0)
    const after = await UserFactory.create()
    assert.isAtMost(after.id, before.id)
  })

  test('keeps the rows that migrations wrote', async ({ assert }) => {
    await emptyDatabase()

    assert.lengthOf(await db.from('write_clock'), 1)
  })
})
