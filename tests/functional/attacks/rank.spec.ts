import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import type User from '#models/user'
import { asUser, type SignedIn, tokenOf } from '#tests/helpers/as_user'
import { cookiesOf, openConsole, openSignIn, sendForm } from '#tests/helpers/cookie_session'
import { uploadCsv } from '#tests/helpers/csv_upload'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'
import { sendRaw } from '#tests/helpers/raw_request'
import { readStoredState } from '#tests/helpers/stored_state'

const PASSWORD = 'a password of the attacker'

/** Everything somebody could try who wants to be, or to become, a superuser: method, path, body. */
function attemptsOn(target: User, self: User): [method: string, path: string, body: object][] {
  const accounts = [target, self].flatMap(({ id }): [string, string, object][] =>
    [{ role: 'superuser' }, { password: PASSWORD }, { email: 'evil@example.org' }, { is_active: false }].map((body) => [
      'PUT',
      `/api/users/${id}`,
      body,
    ])
  )
  return [
    ...accounts,
    ['POST', '/api/users', { username: 'evil', email: 'evil@example.org', password: PASSWORD, role: 'superuser' }],
    ['POST', '/api/users', { username: 'evil', email: 'evil@example.org', password: PASSWORD, role: 'viewer' }],
    ['GET', '/api/users', {}],
    ['GET', `/api/users/${target.id}`, {}],
  ]
}

async function send(token: string, method: string, path: string, body: object) {
  const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' }
  return sendRaw(method, path, headers, method === 'GET' ? undefined : JSON.stringify(body))
}

test.group('S2: Nobody climbs above the own rank', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  for (const role of ['viewer', 'admin'] as const) {
    test(`S2: a ${role} cannot make, edit or read accounts by the API`, async ({ assert }) => {
      const root = await asUser('superuser')
      const attacker = await asUser(role)
      const before = await readStoredState()

      for (const [method, path, body] of attemptsOn(root.user, attacker.user)) {
        const answer = await send(attacker.token, method, path, body)
        assert.equal(answer.status, 403, `${method} ${path} ${JSON.stringify(body)}`)
        assert.equal(answer.body.code, 'E_PERMISSION_DENIED')
      }
      assert.deepEqual(await readStoredState(), before)
    })

    test(`S2: a ${role} cannot make or edit accounts by the console`, async ({ assert }) => {
      const root = await asUser('superuser')
      const attacker = await asUser(role)
      const { cookies, csrf } = await openConsole(attacker.user.username)
      const before = await readStoredState()

      const fields = { email: 'evil@example.org', password: PASSWORD, role: 'superuser', is_active: 'true' }
      for (const path of ['/users', `/users/${root.user.id}`, `/users/${attacker.user.id}`]) {
        const answer = await sendForm(path, cookies, { ...fields, username: 'evil', _csrf: csrf })
        assert.equal(answer.status, 303, path)
        const next = await sendRaw('GET', '/account', { Cookie: cookiesOf(answer) || cookies, Accept: 'text/html' })
        assert.include(next.text, 'This needs the permission user.manage', path)
      }
      assert.deepEqual(await readStoredState(), before)
    })
  }

  test('S2: no other body carries a role', async ({ assert, client }) => {
    const { user, token } = await asUser('admin')
    const before = await readStoredState()
    const bodies: [string, string, object][] = [
      ['PUT', '/api/me/password', { current_password: 'x', new_password: PASSWORD, role: 'superuser' }],
      ['POST', '/api/tokens', { name: 'x', role: 'superuser' }],
      ['POST', '/api/tokens', { name: 'x', tokenable_id: 1 }],
      ['POST', '/api/items/bulk', { ids: [1], set: { role: 'superuser' } }],
      ['POST', '/api/items', { hostname: 'a', item_type: 'Switch', role: 'superuser', user_id: 1 }],
      ['POST', '/api/login', { username: user.username, password: 'x', role: 'superuser' }],
    ]

    for (const [method, path, body] of bodies) {
      const answer = await send(token, method, path, body)
      assert.equal(answer.status, 422, `${path} ${JSON.stringify(answer.body)}`)
    }
    const file = await uploadCsv(client, token, 'hostname,item_type,role\nevil,Switch,superuser\n')
    assert.equal(file.status(), 422)
    assert.deepEqual(await readStoredState(), before)
  })

  test('S2: a token gives no more than it was made for, not even by another token', async ({ assert }) => {
    const root = await asUser('superuser')
    const narrow = await tokenOf(root.user, ['account.manage', 'asset.write'])
    const before = await readStoredState()

    const wider = await send(narrow, 'POST', '/api/tokens', { name: 'x', abilities: ['user.manage'] })
    const all = await send(narrow, 'POST', '/api/tokens', { name: 'x' })
    const edit = await send(narrow, 'PUT', `/api/users/${root.user.id}`, { email: 'evil@example.org' })

    assert.deepEqual([wider.status, all.status, edit.status], [403, 403, 403])
    assert.deepEqual(await readStoredState(), before)
  })

  test('S2: the own role only goes down, and going down counts at once', async ({ assert, client }) => {
    const [root, other] = [await asUser('superuser'), await asUser('superuser')]
    const change = ({ token }: SignedIn, role: string) =>
      client.put(`/api/users/${root.user.id}`).bearerToken(token).json({ role })

    const down = await change(root, 'admin')
    down.assertStatus(200)
    assertProblem(assert, await change(root, 'superuser'), { status: 403 })
    const up = await change(other, 'superuser')
    up.assertStatus(200)
  })
})

test.group('S3: The last superuser stays', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('S3: by no way is the last superuser demoted or switched off', async ({ assert }) => {
    const root = await asUser('superuser')
    await asUser('admin')
    const { cookies, csrf } = await openConsole(root.user.username)
    const before = await readStoredState()

    for (const body of [{ role: 'admin' }, { role: 'viewer' }, { is_active: false }]) {
      const answer = await send(root.token, 'PUT', `/api/users/${root.user.id}`, body)
      assert.deepEqual([answer.status, answer.body.code], [409, 'E_LAST_SUPERUSER'])
    }
    for (const change of [{ role: 'viewer' }, { is_active: 'false' }]) {
      const fields = { email: root.user.email, role: 'superuser', is_active: 'true', password: '', ...change }
      const answer = await sendForm(`/users/${root.user.id}`, cookies, { ...fields, _csrf: csrf })
      assert.equal(answer.status, 303)
      const next = await sendRaw('GET', '/account', { Cookie: cookiesOf(answer) || cookies, Accept: 'text/html' })
      assert.include(next.text, 'This is the last active superuser')
    }
    const removal = await send(root.token, 'DELETE', `/api/users/${root.user.id}`, {})
    assert.equal(removal.status, 404)
    assert.deepEqual(await readStoredState(), before)
  })

  test('S3: nobody is superuser by asking the sign-in form', async ({ assert }) => {
    const { cookies, csrf } = await openSignIn()
    const before = await readStoredState()

    await sendForm('/login', cookies, { _csrf: csrf, username: 'superadmin', password: 'SuperAdmin123!', role: 'x' })
    await sendForm('/users', cookies, { _csrf: csrf, username: 'evil', password: PASSWORD, role: 'superuser' })

    assert.deepEqual(await readStoredState(), before)
  })
})
