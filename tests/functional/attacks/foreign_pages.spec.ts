import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { openConsole, sendForm } from '#tests/helpers/cookie_session'
import { addNames } from '#tests/helpers/lists'
import { sendRaw } from '#tests/helpers/raw_request'
import { addressOfNothing, routePolicies } from '#tests/helpers/route_policies'
import { readStoredState } from '#tests/helpers/stored_state'

const FORM = 'application/x-www-form-urlencoded'

/** What a browser says when a page of another site makes it send a form. */
const FOREIGN = [
  { 'Origin': 'http://evil.example', 'Sec-Fetch-Site': 'cross-site' },
  { Origin: 'http://evil.example' },
  { Origin: 'null' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
]

test.group('S8: A page of another site', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S8: writes nothing by the cookie of the API, on any route', async ({ assert }) => {
    const { token } = await asUser('superuser')
    const routes = routePolicies().filter(({ door, method }) => door === 'token' && method !== 'GET')
    const before = await readStoredState()

    for (const headers of FOREIGN) {
      for (const { method, pattern } of routes) {
        const all = { 'Cookie': `access_token=${token}`, 'Content-Type': 'application/json', ...headers }
        const answer = await sendRaw(method, addressOfNothing(pattern), all as Record<string, string>, '{}')
        assert.equal(answer.status, 403, `${method} ${pattern} ${JSON.stringify(headers)}`)
        assert.equal(answer.body.code, 'E_FOREIGN_ORIGIN')
      }
    }
    assert.deepEqual(await readStoredState(), before)
  })

  test('S8: signs nobody in', async ({ assert }) => {
    const { user } = await asUser('viewer')
    const body = JSON.stringify({ username: user.username, password: 'correct horse battery' })

    for (const headers of FOREIGN) {
      const all = { 'Content-Type': 'application/json', ...headers } as Record<string, string>
      const answer = await sendRaw('POST', '/api/login', all, body)
      assert.equal(answer.status, 403)
      assert.isNull(answer.headers.get('set-cookie'))
    }
    const form = await sendRaw('POST', '/login', { 'Content-Type': FORM }, 'username=a&password=b')
    assert.notInclude(form.headers.get('set-cookie') ?? '', 'access_token')
  })

  test('S8: cannot send a form as JSON, because forms are no JSON', async ({ assert }) => {
    const { token } = await asUser('admin')
    const before = await readStoredState()

    for (const type of [FORM, 'text/plain', 'multipart/form-data; boundary=x']) {
      const headers = { 'Cookie': `access_token=${token}`, 'Content-Type': type }
      const answer = await sendRaw('POST', '/api/rooms', headers, '{"name":"3301"}')
      assert.oneOf(answer.status, [400, 415], type)
    }
    assert.deepEqual(await readStoredState(), before)
  })

  test('S8: writes nothing by the session of the console, on any route', async ({ assert }) => {
    const { user } = await asUser('superuser')
    const { cookies } = await openConsole(user.username)
    const routes = routePolicies().filter(({ door, method }) => door === 'session' && method !== 'GET')
    const before = await readStoredState()

    for (const csrf of [undefined, 'forged', '']) {
      for (const { pattern } of routes) {
        const fields = { hostname: 'evil', name: 'evil', ...(csrf !== undefined && { _csrf: csrf }) }
        const answer = await sendForm(addressOfNothing(pattern), cookies, fields)
        assert.oneOf(answer.status, pattern === '/import' ? [415] : [303, 403], pattern)
      }
    }
    assert.deepEqual(await readStoredState(), before)
  })

  test('S8: imports no file by the session of the console', async ({ assert }) => {
    const { user } = await asUser('superuser')
    const { cookies } = await openConsole(user.username)
    const before = await readStoredState()

    for (const csrf of [null, 'forged', '']) {
      const form = [
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nhostname\r\nevil\r\n',
        ...(csrf === null ? [] : [`--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n`]),
        '--x--\r\n',
      ].join('')
      const headers = { 'Cookie': cookies, 'Content-Type': 'multipart/form-data; boundary=x' }
      const answer = await sendRaw('POST', '/import', headers, form)
      assert.oneOf(answer.status, [303, 403])
    }
    assert.deepEqual(await readStoredState(), before)
  })

  test('S8: the same forms are taken from our own page', async ({ assert }) => {
    const { user } = await asUser('superuser')
    const { cookies, csrf } = await openConsole(user.username)
    const before = await readStoredState()

    await sendForm('/items', cookies, { _csrf: csrf, hostname: 'ours', item_type: 'Switch', status: 'in_use' })

    const after = await readStoredState()
    assert.lengthOf(after.assets!, before.assets!.length + 1)
  })

  test('S8: GET changes nothing on any route that writes', async ({ assert }) => {
    const { user, token } = await asUser('superuser')
    const { cookies } = await openConsole(user.username)
    const before = await readStoredState()

    for (const { method, pattern, door } of routePolicies()) {
      if (method !== 'GET' && door !== 'open' && pattern !== '/logout') {
        const headers: Record<string, string> =
          door === 'token' ? { Authorization: `Bearer ${token}` } : { Cookie: cookies, Accept: 'text/html' }
        const answer = await sendRaw('GET', addressOfNothing(pattern), headers)
        assert.oneOf(answer.status, [200, 404, 405], `GET ${pattern}`)
      }
    }
    assert.deepEqual(await readStoredState(), before)
  })

  test('S8: a form cannot claim to be a PUT or a DELETE', async ({ assert }) => {
    const { token } = await asUser('superuser')
    const routes = routePolicies()
    const isPost = (pattern: string) => routes.some((one) => one.pattern === pattern && one.method === 'POST')
    const before = await readStoredState()

    for (const { method, pattern } of routes.filter(({ door, method: is }) => door === 'token' && is !== 'GET')) {
      if (method !== 'POST' && !isPost(pattern)) {
        const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' }
        const answer = await sendRaw('POST', `${addressOfNothing(pattern)}?_method=${method}`, headers, '{}')
        assert.deepEqual([answer.status, answer.body.code], [404, 'E_NOT_FOUND'], `${method} ${pattern}`)
      }
    }
    assert.deepEqual(await readStoredState(), before)
  })
})
