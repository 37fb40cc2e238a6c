import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { TEST_PASSWORD, UserFactory } from '#database/factories/user_factory'
import type User from '#models/user'
import { UpdateUser } from '#services/identity/update_user'
import { sendRaw, type RawAnswer } from '#tests/helpers/raw_request'

/** Its cookies as a browser sends them back. */
function cookiesOf({ headers }: RawAnswer): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Signs in by the form; answers the cookies of the session. */
async function signIn({ username }: User): Promise<string> {
  const form = await sendRaw('GET', '/login', { Accept: 'text/html' })
  const csrf = /name=['"]_csrf['"][^>]*value=['"]([^'"]+)/.exec(form.text)![1]!
  const fields = new URLSearchParams({ username, password: TEST_PASSWORD, _csrf: csrf })
  const headers = { 'Cookie': cookiesOf(form), 'Content-Type': 'application/x-www-form-urlencoded' }
  return cookiesOf(await sendRaw('POST', '/login', { ...headers, Accept: 'text/html' }, String(fields)))
}

/** Where the first page sends whoever brings these cookies; null if it lets them in. */
async function sentTo(cookies: string): Promise<string | null> {
  const answer = await sendRaw('GET', '/', { Cookie: cookies, Accept: 'text/html' })
  return answer.headers.get('location')
}

test.group('A session of the console', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('ends when the password of its user is changed elsewhere', async ({ assert }) => {
    const user = await UserFactory.create()
    const other = await UserFactory.create()
    const [cookies, othersCookies] = [await signIn(user), await signIn(other)]
    assert.isNull(await sentTo(cookies))
    const updateUser = await app.container.make(UpdateUser)

    await updateUser.handle(user.id, { password: 'another long password' }, null)

    assert.equal(await sentTo(cookies), '/login')
    assert.isNull(await sentTo(othersCookies))
  })

  test('ends at the address that LAIM 1.0 had for it', async ({ assert }) => {
    const cookies = await signIn(await UserFactory.create())

    const logout = await sendRaw('GET', '/logout', { Cookie: cookies })

    assert.equal(logout.status, 303)
    assert.equal(await sentTo(cookies), '/login')
  })
})
