import app from '@adonisjs/core/services/app'
import { Secret } from '@adonisjs/core/helpers'
import { test } from '@japa/runner'
import User from '#models/user'
import { EnsureAccount } from '#services/identity/ensure_account'
import { emptyDatabase } from '#tests/helpers/database'

test.group('S17: The first superuser', (group) => {
  group.each.teardown(() => emptyDatabase())

  test('S17: is one, also when many set up at once', async ({ assert }) => {
    const ensure = await app.container.make(EnsureAccount)
    const wanted = { username: 'superadmin', email: 'superadmin@example.org' }

    const made = await Promise.allSettled(Array.from({ length: 50 }, () => ensure.firstSuperuser(wanted)))

    const accounts = made.filter((one) => one.status === 'fulfilled' && one.value !== null)
    assert.lengthOf(accounts, 1)
    assert.lengthOf(await User.query().where('role', 'superuser'), 1)
  })

  test('S17: has a password of its own, which nothing stores', async ({ assert }) => {
    const ensure = await app.container.make(EnsureAccount)

    const first = await ensure.firstSuperuser({ username: 'superadmin', email: 'superadmin@example.org' })
    const again = await ensure.firstSuperuser({
      username: 'other',
      email: 'other@example.org',
      password: new Secret('a password for another'),
    })

    assert.match(first!.generatedPassword!, /^[\w-]{24}$/)
    assert.isNull(again)
    const user = await User.findByOrFail('username', 'superadmin')
    assert.isTrue(await user.verifyPassword(first!.generatedPassword!))
    assert.match(user.password, /^\$scrypt\$/)
  })
})
