import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { safetyHeaders } from '#middleware/safety_headers'
import { asUser } from '#tests/helpers/as_user'
import { insertAssets } from '#tests/helpers/asset_factory'
import { openConsole } from '#tests/helpers/cookie_session'
import { addNames } from '#tests/helpers/lists'
import { exchangeRaw } from '#tests/helpers/raw_connection'
import { sendRaw, type RawAnswer } from '#tests/helpers/raw_request'
import { addressOfNothing, routePolicies } from '#tests/helpers/route_policies'

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Of programs and machines: versions, paths, frames of a stack. */
const TOO_MUCH = /\bat .{0,80}\.[jt]s:\d+|node_modules|x-powered-by|\/tmp\/|sqlite_|AdonisJS|Node\.js/i

function headersOf({ headers }: RawAnswer): Record<string, string | null> {
  return Object.fromEntries(Object.keys(EVERYWHERE).map((name) => [name, headers.get(name)]))
}

test.group('S18: Headers of every answer', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S18: forbid guessing and framing on every route, for strangers and for superusers', async ({ assert }) => {
    const { user, token } = await asUser('superuser')
    const { cookies } = await openConsole(user.username)
    const last = (pattern: string) => Number(/logout/.test(pattern))
    const routes = routePolicies().sort((one, other) => last(one.pattern) - last(other.pattern))
    const callers: Record<string, string>[] = [
      {},
      { Accept: 'text/html' },
      { Authorization: `Bearer ${token}` },
      { Cookie: cookies, Accept: 'text/html' },
    ]

    for (const headers of callers) {
      for (const { method, pattern } of routes) {
        const answer = await sendRaw(method, addressOfNothing(pattern), headers)
        const at = `${method} ${pattern}: ${answer.status}`
        assert.deepEqual(headersOf(answer), EVERYWHERE, at)
        assert.isNotNull(answer.headers.get('x-request-id'), at)
        assert.isNull(answer.headers.get('x-powered-by'), at)
        assert.isNull(answer.headers.get('server'), at)
        if (pattern.startsWith('/api/')) {
          assert.equal(answer.headers.get('cache-control'), 'no-store', at)
          assert.match(answer.headers.get('content-security-policy')!, /default-src 'none'/, at)
        }
        if (answer.status >= 400) {
          assert.notMatch(answer.text, TOO_MUCH, at)
        }
      }
    }
  })

  test('S18: are on what is not found, what is refused and what is a file, too', async ({ assert }) => {
    const page = await sendRaw('GET', '/login', { Accept: 'text/html' })
    const file = /(?:src|href)="(\/assets\/[^"]+)"/.exec(page.text)![1]!

    for (const [method, path, status] of [
      ['GET', '/nothing', 404],
      ['GET', '/api/nothing', 404],
      ['DELETE', '/', 404],
      ['GET', '/api/items', 401],
      ['POST', '/api/login', 422],
      ['GET', file, 200],
      ['GET', '/%E0%A4%A', 400],
      ['GET', '/api/items/%E0%A4%A', 400],
      ['GET', '/api', 404],
    ] as const) {
      const answer = await sendRaw(method, path, { Accept: 'text/html' })
      assert.equal(answer.status, status, path)
      assert.deepEqual(headersOf(answer), EVERYWHERE, path)
      assert.isNotNull(answer.headers.get('x-request-id'), path)
      assert.isTrue(answer.status < 400 || !TOO_MUCH.test(answer.text), path)
    }
  })

  test('S18: are on the problem that answers an address which is no text, or no HTTP', async ({ assert }) => {
    const address = await sendRaw('GET', '/%E0%A4%A', { 'X-Request-Id': 'mine' })
    const noHttp = await exchangeRaw('GET /health/live HTTP/1.1\r\nHost : laim\r\n\r\n')

    assert.match(address.headers.get('content-type')!, /^application\/problem\+json/)
    assert.containsSubset(address.body, { status: 400, code: 'E_MALFORMED_ADDRESS', request_id: 'mine' })
    assert.equal(address.headers.get('cache-control'), 'no-store')
    for (const [name, value] of Object.entries(EVERYWHERE)) {
      assert.include(noHttp.toLowerCase(), `${name}: ${value.toLowerCase()}\r\n`)
    }
  })

  test('S18: ask for HTTPS for ever where people reach the console by it', ({ assert }) => {
    assert.equal(safetyHeaders('/', true)['Strict-Transport-Security'], 'max-age=15552000')
    assert.equal(safetyHeaders('/api/items', true)['Strict-Transport-Security'], 'max-age=15552000')
    assert.notProperty(safetyHeaders('/', false), 'Strict-Transport-Security')
  })

  test('S18: let pages run only their own scripts', async ({ assert }) => {
    const { user } = await asUser('superuser')
    const { cookies } = await openConsole(user.username)

    for (const path of ['/', '/users', '/login', '/nothing', '/items/999999999']) {
      const answer = await sendRaw('GET', path, { Accept: 'text/html', Cookie: path === '/login' ? '' : cookies })
      const policy = answer.headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src '(self|none)'/, path)
      assert.match(policy, /frame-ancestors 'none'/, path)
      assert.notMatch(policy, /unsafe-inline|unsafe-eval|\*/, path)
    }
  })
})

test.group('S15: Addresses, hosts and headers that lie', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S15: no path leads out of the folder of assets, and none redirects elsewhere', async ({ assert }) => {
    const paths = [
      '/../package.json',
      '/..%2fpackage.json',
      '/assets/..%2f..%2f..%2fetc%2fpasswd',
      '/assets/%2e%2e/%2e%2e/.env',
      '/.env',
      '/%2eenv',
      '/assets',
      '/assets/..\\..\\.env',
      '//evil.example/assets',
      '//evil.example/%2f..',
      '/\\evil.example/%2e%2e',
      '/%5cevil.example/%2e%2e',
      'http://evil.example/',
    ]
    for (const path of paths) {
      const answer = await exchangeRaw(
        `GET ${path} HTTP/1.1\r\nHost: laim\r\nAccept: text/html\r\nConnection: close\r\n\r\n`
      )
      const location = /^location: (.*)$/im.exec(answer)?.[1] ?? '/login'
      assert.match(answer, /^HTTP\/1\.1 (303|400|404) /, path)
      assert.match(location, /^\/[a-z]*$/, path)
      assert.notInclude(answer, 'SECRET_KEY')
      assert.notInclude(answer, 'root:')
    }
  })

  test('S15: a host that lies stands in no link, and no redirect', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    await insertAssets([{ hostname: 'a' }, { hostname: 'b' }])
    const lies = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', 'Forwarded': 'host=evil.example' }

    const list = await sendRaw('GET', '/api/items?limit=1', { Authorization: `Bearer ${token}`, ...lies })
    const page = await sendRaw('GET', '/users', { Accept: 'text/html', ...lies })
    const raw = await exchangeRaw('GET /users HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    const made = await client
      .post('/api/items')
      .bearerToken(token)
      .headers(lies)
      .json({ hostname: 'c', item_type: 'Switch' })

    assert.match(list.headers.get('link')!, /^<\/api\/items\?/)
    assert.equal(page.headers.get('location'), '/login')
    assert.notInclude(raw, 'http://evil.example')
    assert.match(made.header('location')!, /^\/api\/items\/\d+$/)
  })

  test('S15: an address that a client claims is not taken for the one that it has', async ({ assert, client }) => {
    const { user } = await asUser('viewer')
    const statuses = []
    for (let attempt = 0; attempt < 11; attempt++) {
      const answer = await client
        .post('/api/login')
        .header('X-Forwarded-For', `192.0.2.${attempt}`)
        .json({ username: user.username, password: 'a wrong password' })
      statuses.push(answer.status())
    }

    assert.equal(statuses.at(-1), 429)
  })

  test('S15: a request that says its length twice is refused', async ({ assert }) => {
    const smuggled = 'GET /api/users HTTP/1.1\r\nHost: laim\r\n\r\n'
    const bodies = [
      `POST /api/login HTTP/1.1\r\nHost: laim\r\nContent-Length: ${smuggled.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `POST /api/login HTTP/1.1\r\nHost: laim\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}${smuggled}`,
      `POST /api/login HTTP/1.1\r\nHost: laim\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n${smuggled}`,
      'GET /health/live HTTP/1.1\r\nHost: laim\r\nX: a\rb\r\n\r\n',
      'GET /health/live HTTP/1.1\r\nHost : laim\r\n\r\n',
    ]
    for (const body of bodies) {
      const answer = await exchangeRaw(body)
      assert.match(answer, /^HTTP\/1\.1 400 /, body.slice(0, 80))
      assert.lengthOf(answer.match(/HTTP\/1\.1 /g)!, 1)
    }
  })

  test('S15: a name with line breaks or quotes makes no header of its own', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    await insertAssets([{ hostname: 'a"; filename="evil.exe\r\nX-Evil: 1' }])

    const csv = await client.get('/api/export/csv?search=evil').bearerToken(token)
    const request = await sendRaw('GET', '/health/live', { 'X-Request-Id': 'evil; injected="1"' })

    assert.match(csv.header('content-disposition') ?? 'attachment', /^attachment(; filename="?[\w.-]+"?)?$/)
    assert.isUndefined(csv.header('x-evil'))
    assert.notInclude(request.headers.get('x-request-id')!, '"')
  })
})
