import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { TEST_PASSWORD } from '#database/factories/user_factory'
import { asUser } from '#tests/helpers/as_user'
import { cookiesOf, openConsole, openSignIn, sendForm, sentTo, signInByForm } from '#tests/helpers/cookie_session'
import { sendRaw } from '#tests/helpers/raw_request'

function sessionIn(cookies: string): string {
  return /laim_session=([^;]+)/.exec(cookies)![1]!
}

test.group('S10: A session', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('S10: gets a new id at the sign-in, so that nobody can choose it before', async ({ assert }) => {
    const { user } = await asUser('viewer')
    const { cookies, csrf } = await openSignIn()

    const answer = await sendForm('/login', cookies, { username: user.username, password: TEST_PASSWORD, _csrf: csrf })

    assert.notEqual(sessionIn(cookiesOf(answer)), sessionIn(cookies))
    assert.equal(await sentTo(cookies), '/login')
    assert.isNull(await sentTo(cookiesOf(answer)))
    assert.equal(await sentTo('laim_session=chosen-by-somebody'), '/login')
  })

  test('S10: is over after signing out, however often its cookie comes again', async ({ assert }) => {
    const { user } = await asUser('viewer')
    const { cookies, csrf } = await openConsole(user.username)

    await sendForm('/logout', cookies, { _csrf: csrf })

    assert.equal(await sentTo(cookies), '/login')
  })

  test('S10: is over for everybody when the password changes or the account is switched off', async ({
    assert,
    client,
  }) => {
    const root = await asUser('superuser')
    for (const body of [{ password: 'another long password' }, { is_active: false }]) {
      const { user, token } = await asUser('viewer')
      const cookies = await signInByForm(user.username)

      await client.put(`/api/users/${user.id}`).bearerToken(root.token).json(body)

      assert.equal(await sentTo(cookies), '/login')
      const me = await client.get('/api/me').bearerToken(token)
      assert.equal(me.status(), 401)
    }
  })

  test('S10: lives in cookies that scripts and other sites do not get', async ({ assert, client }) => {
    const { user } = await asUser('viewer')
    const login = await client.post('/api/login').json({ username: user.username, password: TEST_PASSWORD })
    const { cookies, csrf } = await openSignIn()
    const form = await sendForm('/login', cookies, { username: user.username, password: TEST_PASSWORD, _csrf: csrf })

    const token = String(login.header('set-cookie')).replace(/=[^;]+/, '')
    const session = form.headers.getSetCookie().find((cookie) => cookie.startsWith('laim_session='))!
    assert.match(token, /^access_token; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax/)
    assert.match(session, /^laim_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('S17: there is no address that sets up a first superuser, and nobody knows a password', async ({ assert }) => {
    const attempts = [
      ['superadmin', 'SuperAdmin123!'],
      ['admin', 'Admin123!'],
      ['admin', 'admin'],
      ['root', 'password'],
      ['laim', 'laim'],
    ]
    for (const [username, password] of attempts) {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await sendRaw('POST', '/api/login', headers, JSON.stringify({ username, password }))
      assert.equal(answer.status, 401)
    }
    for (const path of ['/setup', '/api/setup', '/install', '/register', '/api/register', '/api/users/first']) {
      for (const method of ['GET', 'POST']) {
        const answer = await sendRaw(method, path, { Accept: 'text/html' })
        assert.oneOf(answer.status, [404, 405], `${method} ${path}`)
      }
    }
  })
})
