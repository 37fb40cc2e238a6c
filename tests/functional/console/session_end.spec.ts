import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { COMMAND_LINE } from '#core/access/user_edit'
import { UserFactory } from '#database/factories/user_factory'
import { UpdateUser } from '#services/identity/update_user'
import { sentTo, signInByForm } from '#tests/helpers/cookie_session'
import { sendRaw } from '#tests/helpers/raw_request'

test.group('A session of the console', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('ends when the password of its user is changed elsewhere', async ({ assert }) => {
    const user = await UserFactory.create()
    const other = await UserFactory.create()
    const [cookies, othersCookies] = [await signInByForm(user.username), await signInByForm(other.username)]
    assert.isNull(await sentTo(cookies))
    const updateUser = await app.container.make(UpdateUser)

    await updateUser.handle(user.id, { password: 'another long password' }, COMMAND_LINE)

    assert.equal(await sentTo(cookies), '/login')
    assert.isNull(await sentTo(othersCookies))
  })

  test('ends at the address that LAIM 1.0 had for it', async ({ assert }) => {
    const { username } = await UserFactory.create()
    const cookies = await signInByForm(username)

    const logout = await sendRaw('GET', '/logout', { Cookie: cookies })

    assert.equal(logout.status, 303)
    assert.equal(await sentTo(cookies), '/login')
  })
})
