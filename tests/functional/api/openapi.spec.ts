import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { TEST_PASSWORD } from '#database/factories/user_factory'
import { operations } from '#start/routes/operation'
import { asUser } from '#tests/helpers/as_user'
import { findFaults } from '#tests/helpers/described_answers'
import { findContradictions } from '#tests/helpers/json_schema'
import { addNames } from '#tests/helpers/lists'

test.group('GET /api/openapi.json', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('describes every operation, without signing in', async ({ assert, client }) => {
    const response = await client.get('/api/openapi.json')

    response.assertStatus(200)
    const document = response.body()
    assert.match(document.openapi, /^3\.1/)
    for (const { method, path } of operations) {
      assert.exists(document.paths[path]?.[method.toLowerCase()], `${method} ${path}`)
    }
    const ids = Object.values<Record<string, { operationId: string }>>(document.paths)
      .flatMap((path) => Object.values(path))
      .map((operation) => operation.operationId)
    assert.lengthOf(new Set(ids), ids.length)
    const tags: string[] = document.tags.map(({ name }: { name: string }) => name)
    assert.includeMembers(tags, ['items', 'sync', 'users', 'webhooks'])
    assert.isNotEmpty(document.servers)
  })

  test('has the rules of the validators', async ({ assert, client }) => {
    const { paths } = (await client.get('/api/openapi.json')).body()

    const body = paths['/api/items'].post.requestBody.content['application/json'].schema
    assert.sameMembers(body.required, ['hostname', 'item_type'])
    assert.isFalse(body.additionalProperties)
    assert.equal(body.properties.hostname.maxLength, 253)
    const limit = paths['/api/items'].get.parameters.find((parameter: { name: string }) => parameter.name === 'limit')
    assert.containsSubset(limit, { in: 'query', required: false, schema: { minimum: 1, maximum: 1000 } })
    assert.containsSubset(paths['/api/items/{id}'].get.parameters[0], { name: 'id', in: 'path', required: true })
  })

  test('says truly what is answered', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const document = (await client.get('/api/openapi.json')).body()
    const item = { hostname: 'lab-sw-014', item_type: 'Switch', serial_number: 'FOC2140X0QK', room_location: '2265' }
    const { id } = (await client.post('/api/items').bearerToken(root.token).json(item)).body()
    const calls: [method: string, path: string, body?: object][] = [
      ['POST', '/api/login', { username: root.user.username, password: TEST_PASSWORD }],
      ['POST', '/api/items', { hostname: 'second', item_type: 'Laptop' }],
      ['PUT', '/api/items/{id}', { notes: 'described' }],
      ['POST', '/api/tokens', { name: 'described' }],
      ['POST', '/api/users', { username: 'ada', email: 'ada@example.org', password: TEST_PASSWORD, role: 'viewer' }],
      ['POST', '/api/rooms', { name: '3301' }],
      ['POST', '/api/item-types', { name: 'Oscilloscope' }],
      ...operations
        .filter(
          ({ method, answers, path }) =>
            method === 'GET' && answers.of && !/users\/|status|plans|(changes|reviews|webhooks)\//.test(path)
        )
        .map(({ path }): [string, string] => ['GET', path]),
      ['GET', '/api/users/{id}'],
    ]

    for (const [method, path, body] of calls) {
      const address = path.replace('{id}', String(path.startsWith('/api/users') ? root.user.id : id))
      const request = client.request(address, method).bearerToken(root.token)
      const response = await (body ? request.json(body) : request)
      const described = document.paths[path][method.toLowerCase()].responses[response.status()]
      assert.exists(described, `${method} ${path} answers ${response.status()}`)
      const { schema } = described.content['application/json']
      const faults = findContradictions(response.body(), schema, `${method} ${path}`, document)
      assert.deepEqual(faults, [])
    }
  })

  test('says truly how errors look', async ({ assert, client }) => {
    const document = (await client.get('/api/openapi.json')).body()
    const root = await asUser('superuser')
    const schema = document.components.schemas.Problem

    const refused = await client.post('/api/items').bearerToken(root.token).json({ nope: 1 })
    const unknown = await client.get('/api/items/999999999').bearerToken(root.token)
    const stranger = await client.get('/api/items')

    for (const response of [refused, unknown, stranger]) {
      assert.deepEqual(findContradictions(response.body(), schema), [])
    }
  })

  test('is held against every answer that a test gets', ({ assert }) => {
    const answer = { method: 'GET', path: '/api/items/7', status: 200, type: 'application/json', text: '{"id": 7}' }
    const problem = { ...answer, status: 404, type: 'application/problem+json', text: '{}' }

    assert.include(findFaults(answer).join(), 'has no hostname')
    assert.include(findFaults({ ...answer, status: 418 }).join(), 'is not described')
    assert.include(findFaults({ ...answer, type: 'text/html' }).join(), 'is of the type text/html')
    assert.include(findFaults(problem).join(), 'has no code')
    assert.include(findFaults({ ...answer, method: 'DELETE', status: 204 }).join(), 'has a body')
    assert.isEmpty(findFaults({ ...answer, path: '/items/7' }))
  })
})
