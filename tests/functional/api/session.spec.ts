import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { TEST_PASSWORD, UserFactory } from '#database/factories/user_factory'
import { asUser, tokenOf } from '#tests/helpers/as_user'
import { assertProblem } from '#tests/helpers/problem'
import { sendRaw } from '#tests/helpers/raw_request'

/** Adds a room by the token in the cookie. */
function addRoomByCookie(name: string, token: string, headers: Record<string, string> = {}) {
  const all = { 'Cookie': `access_token=${token}`, 'Content-Type': 'application/json', ...headers }
  return sendRaw('POST', '/api/rooms', all, JSON.stringify({ name }))
}

test.group('POST /api/login', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('answers a token that opens the API', async ({ assert, client }) => {
    const user = await UserFactory.create()

    const login = await client.post('/api/login').json({ username: user.username, password: TEST_PASSWORD })

    login.assertStatus(200)
    assert.equal(login.body().token_type, 'bearer')
    assert.isAbove(Date.parse(login.body().expires_at), Date.now())
    const me = await client.get('/api/me').bearerToken(login.body().access_token)
    me.assertStatus(200)
    assert.equal(me.body().username, user.username)
  })

  test('takes the username in any capitals', async ({ client }) => {
    const user = await UserFactory.create()

    const login = await client
      .post('/api/login')
      .json({ username: ` ${user.username.toUpperCase()} `, password: TEST_PASSWORD })

    login.assertStatus(200)
  })

  test('hands the token to browsers in a cookie that scripts of pages cannot read', async ({ assert, client }) => {
    const user = await UserFactory.create()

    const login = await client.post('/api/login').json({ username: user.username, password: TEST_PASSWORD })

    const cookies = String(login.header('set-cookie'))
    assert.include(cookies, `access_token=${login.body().access_token};`)
    assert.match(cookies, /HttpOnly/)
    assert.match(cookies, /SameSite=Lax/)
  })

  test('answers alike for an unknown name, a wrong password and an account that is off', async ({ assert, client }) => {
    const user = await UserFactory.create()
    const off = await UserFactory.apply('inactive').create()
    const answers = []
    for (const [username, password] of [
      ['nobody', TEST_PASSWORD],
      [user.username, 'a wrong password'],
      [off.username, TEST_PASSWORD],
    ]) {
      const response = await client.post('/api/login').json({ username, password })
      assertProblem(assert, response, { status: 401, code: 'E_INVALID_CREDENTIALS' })
      answers.push({ ...response.body(), request_id: null })
    }

    assert.deepEqual(answers[1], answers[0])
    assert.deepEqual(answers[2], answers[0])
  })

  test('says when to come back after too many wrong passwords', async ({ assert, client }) => {
    const user = await UserFactory.create()
    for (let n = 0; n < 10; n++) {
      await client.post('/api/login').json({ username: user.username, password: 'a wrong password' })
    }

    const response = await client.post('/api/login').json({ username: user.username, password: TEST_PASSWORD })

    assertProblem(assert, response, { status: 429, code: 'E_TOO_MANY_ATTEMPTS' })
    assert.isAbove(Number(response.header('retry-after')), 0)
  })

  test('refuses a page of another site', async ({ assert, client }) => {
    const user = await UserFactory.create()

    const response = await client
      .post('/api/login')
      .header('Origin', 'http://evil.example')
      .json({ username: user.username, password: TEST_PASSWORD })

    assertProblem(assert, response, { status: 403, code: 'E_FOREIGN_ORIGIN' })
  })

  test('names the fields that are missing and those it does not know', async ({ assert, client }) => {
    const response = await client.post('/api/login').json({ username: 'ada', remember: true })

    assertProblem(assert, response, {
      status: 422,
      faults: [
        ['password', 'required'],
        ['remember', 'unknown'],
      ],
    })
  })

  test('stores the hash of a token, never its value', async ({ assert, client }) => {
    const user = await UserFactory.create()

    const login = await client.post('/api/login').json({ username: user.username, password: TEST_PASSWORD })

    const rows = await db.from('auth_access_tokens').where('tokenable_id', user.id)
    assert.lengthOf(rows, 1)
    const secret = login.body().access_token.split('.')[1]
    assert.notInclude(JSON.stringify(rows), secret)
    assert.notInclude(JSON.stringify(rows), Buffer.from(secret, 'base64url').toString())
  })
})

test.group('Tokens of the API', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('are asked for on every route that is not public', async ({ assert, client }) => {
    assertProblem(assert, await client.get('/api/items'), { status: 401, code: 'E_NOT_SIGNED_IN' })
  })

  test('are refused when forged, expired or cut', async ({ assert, client }) => {
    const { user, token } = await asUser('viewer')
    const expired = await tokenOf(user)
    const id = Buffer.from(expired.split('.')[0]!.slice('laim_'.length), 'base64url').toString()
    await db.from('auth_access_tokens').where('id', id).update({ expires_at: '2020-01-01T00:00:00.000Z' })

    for (const forged of [expired, token.slice(0, -2), `${token}x`, 'laim_YWJj.eHh4', 'nonsense', 'laim_', '']) {
      const response = await client.get('/api/me').header('Authorization', `Bearer ${forged}`)
      assertProblem(assert, response, { status: 401 })
    }
  })

  test('pass as the cookie of LAIM 1.0', async ({ assert }) => {
    const { user, token } = await asUser('viewer')

    const answer = await sendRaw('GET', '/api/me', { Cookie: `theme=dark; access_token=${token}` })

    assert.equal(answer.status, 200)
    assert.equal(answer.body.username, user.username)
  })

  test('end at once when their user is switched off', async ({ assert, client }) => {
    const { user, token } = await asUser('viewer')
    await user.merge({ isActive: false }).save()

    assertProblem(assert, await client.get('/api/me').bearerToken(token), { status: 401 })
  })

  test('note their use at most once a minute', async ({ assert, client }) => {
    const { user, token } = await asUser('viewer')
    const lastUse = async () =>
      (await db.from('auth_access_tokens').where('tokenable_id', user.id).first()).last_used_at

    await client.get('/api/me').bearerToken(token)
    const first = await lastUse()
    await client.get('/api/me').bearerToken(token)

    assert.exists(first)
    assert.deepEqual(await lastUse(), first)
  })
})

test.group('Writes by cookie', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('are refused from pages of other sites', async ({ assert }) => {
    const { token } = await asUser('admin')
    const foreign: Record<string, string>[] = [
      { Origin: 'http://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ]

    for (const headers of foreign) {
      const answer = await addRoomByCookie('9999', token, headers)
      assert.equal(answer.status, 403, JSON.stringify(headers))
      assert.equal(answer.body.code, 'E_FOREIGN_ORIGIN')
    }
    assert.isNull(await db.from('rooms').where('name', '9999').first())
  })

  test('pass from our own pages and from clients that are no browsers', async ({ assert }) => {
    const { token } = await asUser('admin')
    const origin = `http://${process.env.HOST}:${process.env.PORT}`

    const ours = await addRoomByCookie('3301', token, { 'Origin': origin, 'Sec-Fetch-Site': 'same-origin' })
    const script = await addRoomByCookie('3302', token)

    assert.equal(ours.status, 201)
    assert.equal(script.status, 201)
  })

  test('are not what a header with the token makes', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const response = await client
      .post('/api/rooms')
      .bearerToken(token)
      .header('Origin', 'http://other.example')
      .json({ name: '3303' })

    assert.equal(response.status(), 201)
  })
})

test.group('Signing out', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('ends the token in use and no other', async ({ client }) => {
    const { user, token } = await asUser('viewer')
    const other = await tokenOf(user)

    const logout = await client.post('/api/logout').bearerToken(token)

    logout.assertStatus(204)
    const again = await client.get('/api/me').bearerToken(token)
    again.assertStatus(401)
    const still = await client.get('/api/me').bearerToken(other)
    still.assertStatus(200)
  })

  test('works at the address of LAIM 1.0, for the token of the cookie', async ({ assert, client }) => {
    const { token } = await asUser('viewer')

    const logout = await sendRaw('GET', '/logout', { Cookie: `access_token=${token}` })

    assert.equal(logout.status, 303)
    assert.equal(logout.headers.get('location'), '/login')
    const again = await client.get('/api/me').bearerToken(token)
    again.assertStatus(401)
  })
})
