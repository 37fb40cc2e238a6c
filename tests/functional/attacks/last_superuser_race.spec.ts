import { test } from '@japa/runner'
import User from '#models/user'
import { asUser } from '#tests/helpers/as_user'
import { emptyDatabase } from '#tests/helpers/database'

test.group('S3: Superusers at once', (group) => {
  group.each.teardown(() => emptyDatabase())

  test('S3: two superusers who demote each other at once leave one', async ({ assert, client }) => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await asUser('superuser'), await asUser('superuser')]

      const answers = await Promise.all([
        client.put(`/api/users/${two.user.id}`).bearerToken(one.token).json({ role: 'viewer' }),
        client.put(`/api/users/${one.user.id}`).bearerToken(two.token).json({ is_active: false }),
        client.put(`/api/users/${one.user.id}`).bearerToken(one.token).json({ role: 'admin' }),
      ])

      assert.isTrue(
        answers.every((answer) => [200, 401, 403, 409].includes(answer.status())),
        `${answers.map((answer) => answer.status())}`
      )
      const left = await User.query().where('role', 'superuser').where('is_active', true)
      assert.lengthOf(left, 1)
      await User.query().delete()
    }
  })
})
