import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { operations } from '#start/routes/operation'
import { asUser } from '#tests/helpers/as_user'
import { openConsole } from '#tests/helpers/cookie_session'
import { addNames } from '#tests/helpers/lists'
import { sendRaw } from '#tests/helpers/raw_request'
import { routePolicies } from '#tests/helpers/route_policies'
import { readStoredState } from '#tests/helpers/stored_state'

const NO_IDS = [
  '0',
  '-1',
  '01',
  '1.0',
  '1e99',
  'NaN',
  '0x10',
  '2147483648',
  '99999999999999999999',
  '1%20or%201=1',
  "1'--",
  '%00',
  '%2e%2e%2f',
  '..%2f..%2fetc%2fpasswd',
  '1%0d%0aX-Evil:1',
  '%F0%9F%98%80',
  '8a1f4a6e-6b0e-4a52-9d0d-6e1f0f5f3c11',
  '9'.repeat(10_000),
]

test.group('B4: An id that is none', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('B4: is nothing that was found, on every route of the API and the console', async ({ assert }) => {
    const { user, token } = await asUser('superuser')
    const { cookies, csrf } = await openConsole(user.username)
    const before = await readStoredState()

    for (const { method, pattern, door } of routePolicies().filter((route) => route.pattern.includes(':id'))) {
      const ofApi = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' }
      const ofConsole = {
        'Cookie': cookies,
        'Accept': 'text/html',
        'Content-Type': 'application/x-www-form-urlencoded',
      }
      const body = door === 'token' ? '{}' : `_csrf=${csrf}`
      for (const id of NO_IDS) {
        const address = pattern.replace(':id', id).replace(/:\w+/g, 'hostname')
        const answer = await sendRaw(
          method,
          address,
          door === 'token' ? ofApi : ofConsole,
          method === 'GET' ? undefined : body
        )
        assert.equal(answer.status, 404, `${method} ${pattern} with ${id.slice(0, 50)}`)
        assert.isNull(answer.headers.get('x-evil'))
      }
    }
    assert.deepEqual(await readStoredState(), before)
  })
})

/** Every list that is read page by page. */
const LISTS = operations
  .filter(({ method, query, path }) => method === 'GET' && query && !path.includes('export'))
  .filter(({ query }) => 'cursor' in (query!.toJSONSchema() as { properties: object }).properties)
  .map(({ path }) => path.replace('{id}', '999999999'))

test.group('B5: Parameters of lists', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('B5: that no list knows are refused by name, on every list', async ({ assert }) => {
    const { token } = await asUser('superuser')
    const foreign = Buffer.from('nothing:4').toString('base64url')
    const cases: [query: string, field: string][] = [
      ['limit=0', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=1000000000', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['limit[a]=1', 'limit'],
      ['cursor=forged', 'cursor'],
      [`cursor=${foreign}`, 'cursor'],
      [`cursor=${'x'.repeat(2001)}`, 'cursor'],
      ['cursor=a&cursor=b', 'cursor'],
      ['sort=password', 'sort'],
      ['sort=id;drop%20table%20users', 'sort'],
      ['order=asc', 'order'],
      ['a[b][c]=1', 'a'],
      ['__proto__[x]=1', '__proto__'],
      ['page=2', 'page'],
    ]

    assert.isAbove(LISTS.length, 8)
    for (const path of LISTS) {
      for (const [query, field] of cases) {
        const answer = await sendRaw('GET', `${path}?${query}`, { Authorization: `Bearer ${token}` })
        const isRefused = answer.status === 422
        // What is not listed at all has no pages either; the framework drops what would reach the prototype.
        if (!isRefused && (answer.status === 404 || field === '__proto__')) {
          continue
        }
        assert.equal(answer.status, 422, `${path}?${query.slice(0, 60)}: ${answer.text.slice(0, 200)}`)
        const fields = (answer.body.errors as { field: string }[]).map((fault) => fault.field)
        assert.include(fields, field, `${path}?${query.slice(0, 60)}`)
      }
    }
  })

  test('every list says how many rows it has, and gives no more than its limit', async ({ assert, client }) => {
    const { token } = await asUser('superuser')
    await addNames()
    const { id } = (
      await client.post('/api/items').bearerToken(token).json({ hostname: 'sw-1', item_type: 'Switch' })
    ).body()
    await client.put(`/api/items/${id}`).bearerToken(token).json({ notes: 'changed' })

    for (const list of LISTS.filter((path) => !path.includes('999999999') || path.includes('/items/'))) {
      const path = list.replace('999999999', String(id))
      const all = await client.get(path).bearerToken(token)
      const one = await client.get(`${path}?limit=1`).bearerToken(token)

      assert.equal(all.status(), 200, path)
      assert.equal(all.header('x-total-count'), String(all.body().length), path)
      assert.equal(one.header('x-total-count'), String(all.body().length), path)
      assert.lengthOf(one.body(), Math.min(1, all.body().length), path)
      const hasMore = all.body().length > 1 || list === '/api/changes'
      assert.equal(one.header('link') !== undefined, hasMore, path)
    }
  })

  test('B5: a cursor of one list opens no other', async ({ assert, client }) => {
    const { token } = await asUser('superuser')
    await addNames()
    const page = await client.get('/api/item-types?limit=1').bearerToken(token)
    const cursor = /cursor=([^&>]+)/.exec(page.header('link')!)![1]!

    for (const path of LISTS.filter((list) => list !== '/api/item-types' && !list.includes('999999999'))) {
      const answer = await sendRaw('GET', `${path}?cursor=${cursor}`, { Authorization: `Bearer ${token}` })
      assert.equal(answer.status, 422, path)
    }
  })
})
