import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { operations } from '#start/routes/operation'
import { asUser } from '#tests/helpers/as_user'
import { impatientListener } from '#tests/helpers/own_listener'
import { exchangeRaw, RawConnection } from '#tests/helpers/raw_connection'
import { sendRaw } from '#tests/helpers/raw_request'

const READ_ONLY = {
  id: 1,
  revision: 7,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z',
  source: 'netdisco',
  is_active: true,
  presence: 'present',
  user_id: 1,
  hash: 'x',
}

/** Every operation with a JSON body, at an address that names nothing. */
const WITH_BODY = operations
  .filter(({ body }) => body !== undefined)
  .map(({ method, path, body }) => ({
    method,
    body: body!,
    path: path.replace('{id}', '999999999').replace('{field}', 'hostname').replace('{name}', 'nothing'),
  }))

test.group('B1: Bodies that are none', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('B1: are refused by every operation that reads one, with the status that says why', async ({ assert }) => {
    const { token } = await asUser('superuser')
    const cases: [status: number[], type: string, body: string][] = [
      [[400], 'application/json', '{"a":'],
      [[400], 'application/json', '{a: 1}'],
      [[400], 'application/json', '[1, 2'],
      [[415], 'text/plain', '{"hostname": "a"}'],
      [[415], 'application/x-www-form-urlencoded', 'hostname=a'],
      [[415], 'application/xml', '<a/>'],
      [[422], 'application/json', '[{"hostname": "a"}]'],
      [[422], 'application/json', '"text"'],
      [[422], 'application/json', '17'],
      [[400, 422], 'application/json', 'null'],
    ]

    assert.isAbove(WITH_BODY.length, 15)
    for (const { method, path } of WITH_BODY) {
      for (const [statuses, type, body] of cases) {
        const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': type }
        const answer = await sendRaw(method, path, headers, body)
        assert.include(statuses, answer.status, `${method} ${path} ${type} ${body}: ${answer.text}`)
        assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/)
        assert.match(String(answer.body.code), /^E_/)
      }
    }
  })

  test('B1: an empty body is missing fields, not a failure', async ({ assert }) => {
    const { token } = await asUser('superuser')

    for (const { method, path, body } of WITH_BODY) {
      const { required = [] } = body.toJSONSchema() as { required?: string[] }
      if (required.length > 0) {
        const answer = await sendRaw(method, path, { Authorization: `Bearer ${token}` })
        assert.equal(answer.status, 422, `${method} ${path}`)
      }
    }
  })

  test('B1: a body beyond the limit is a 413, whether it says so or just comes', async ({ assert }) => {
    const { token } = await asUser('admin')
    const head = [
      'POST /api/items HTTP/1.1',
      'Host: laim',
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      'Connection: close',
    ].join('\r\n')

    const announced = await exchangeRaw(`${head}\r\nContent-Length: 100000000\r\n\r\n{`)
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    const chunked = await exchangeRaw(`${head}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(80)}`)

    for (const answer of [announced, chunked]) {
      assert.match(answer, /^HTTP\/1\.1 413 /)
      assert.include(answer, 'E_REQUEST_TOO_LARGE')
    }
  })

  test('B1: a body without end is a 408, while others are served', async ({ assert, cleanup }) => {
    const { token } = await asUser('admin')
    const port = await impatientListener(cleanup)
    const endless = new RawConnection(port)

    endless.write(
      `POST /api/items HTTP/1.1\r\nHost: laim\r\nAuthorization: Bearer ${token}\r\n` +
        'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n'
    )
    const other = await fetch(`http://127.0.0.1:${port}/health/live`)

    assert.equal(other.status, 200)
    const answer = await endless.answer()
    assert.match(answer, /^HTTP\/1\.1 408 /)
    assert.include(answer, 'E_REQUEST_TIMEOUT')
  })

  test('B1: JSON nested beyond reason, and a million keys, are read or refused, and nothing breaks', async ({
    assert,
  }) => {
    const { token } = await asUser('admin')
    const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' }
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const nested = `{"hostname": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}, "item_type": "Switch"}`
    const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`k${n}`, 1])))
    const polluting = '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'

    for (const body of [deep, nested, keys, polluting]) {
      const answer = await sendRaw('POST', '/api/items', headers, body)
      assert.oneOf(answer.status, [400, 413, 422], body.slice(0, 40))
      assert.isBelow(answer.text.length, 100_000)
    }
    assert.isUndefined(Reflect.get({}, 'polluted'))
  })
})

test.group('B3: Fields that nobody sets', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('B3: are refused by name in every body, as unknown ones are', async ({ assert }) => {
    const { token } = await asUser('superuser')
    const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' }

    for (const { method, path, body } of WITH_BODY) {
      const { properties = {} } = body.toJSONSchema() as { properties?: object }
      const foreign = Object.entries({ ...READ_ONLY, no_such_field: 1 }).filter(([name]) => !(name in properties))
      const answer = await sendRaw(method, path, headers, JSON.stringify(Object.fromEntries(foreign)))
      assert.equal(answer.status, 422, `${method} ${path}`)
      const unknown = (answer.body.errors as { field: string; rule: string }[])
        .filter(({ rule }) => rule === 'unknown')
        .map(({ field }) => field)
      assert.includeMembers(
        unknown,
        foreign.map(([name]) => name),
        `${method} ${path}`
      )
    }
  })
})
