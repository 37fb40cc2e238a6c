import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { exchangeRaw } from '#tests/helpers/raw_connection'
import { sendRaw } from '#tests/helpers/raw_request'
import { addressOfNothing, routePolicies, type RoutePolicy } from '#tests/helpers/route_policies'

const HEAD_OF_FORM = '--XX\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nhostname\n'

/** The beginning of a request that promises a body, and sends only this much of it. */
function beginning({ method, pattern }: RoutePolicy, type: string, body: string, headers = ''): string {
  return (
    `${method} ${addressOfNothing(pattern)} HTTP/1.1\r\nHost: laim\r\nAccept: text/html\r\nConnection: close\r\n${headers}` +
    `Content-Type: ${type}\r\nContent-Length: 4000000\r\n\r\n${body}`
  )
}

const BODIES = [
  ['application/json', '{"a":'],
  ['application/x-www-form-urlencoded', '_csrf='],
  ['multipart/form-data; boundary=XX', HEAD_OF_FORM],
] as const

test.group('Bodies of those who are not let in', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('are not waited for, on any route that needs a sign-in', async ({ assert }) => {
    const closed = routePolicies().filter(({ method, door }) => method !== 'GET' && door !== 'open')
    assert.isAbove(closed.length, 40)

    for (const route of closed) {
      for (const [type, body] of BODIES) {
        const answer = await exchangeRaw(beginning(route, type, body))
        const expected = route.door === 'token' ? /^HTTP\/1\.1 401 / : /^HTTP\/1\.1 303 [\s\S]*location: \/login\r/i
        assert.match(answer, expected, `${route.method} ${route.pattern} ${type}`)
      }
    }
  })

  test('are not waited for when the permission is missing', async ({ assert }) => {
    const { token } = await asUser('viewer')
    const writing = routePolicies().filter(({ door, permission }) => door === 'token' && permission === 'asset.write')
    assert.isAbove(writing.length, 10)

    for (const route of writing) {
      for (const [type, body] of BODIES) {
        const answer = await exchangeRaw(beginning(route, type, body, `Authorization: Bearer ${token}\r\n`))
        assert.match(answer, /^HTTP\/1\.1 403 /, `${route.method} ${route.pattern} ${type}`)
      }
    }
  })

  test('are small where somebody signs in, and no file is taken', async ({ assert }) => {
    const form = `${HEAD_OF_FORM}${'a\n'.repeat(1000)}\r\n--XX--\r\n`

    for (const path of ['/api/login', '/login']) {
      const large = JSON.stringify({ username: 'ada', password: 'x'.repeat(20_000) })
      const long = `username=ada&password=${'x'.repeat(20_000)}`
      const json = await sendRaw('POST', path, { 'Content-Type': 'application/json', 'Accept': 'text/html' }, large)
      const typed = { 'Content-Type': 'application/x-www-form-urlencoded', 'Accept': 'text/html' }
      const fields = await sendRaw('POST', path, typed, long)
      const file = await sendRaw('POST', path, { 'Content-Type': 'multipart/form-data; boundary=XX' }, form)

      assert.equal(json.status, 413, path)
      assert.oneOf(fields.status, [413, 415], path)
      assert.notEqual(file.status, 200, path)
      assert.isBelow(file.status, 500, path)
    }
  })
})
