import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { asUser, tokenOf } from '#tests/helpers/as_user'
import { assertProblem } from '#tests/helpers/problem'

test.group('Personal tokens', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('show their value once', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const made = await client.post('/api/tokens').bearerToken(token).json({ name: 'nightly export' })
    const listed = await client.get('/api/tokens').bearerToken(token)

    made.assertStatus(201)
    assert.isString(made.body().access_token)
    listed.assertStatus(200)
    assert.lengthOf(listed.body(), 1)
    assert.containsSubset(listed.body()[0], { id: made.body().id, name: 'nightly export', abilities: ['*'] })
    assert.notProperty(listed.body()[0], 'access_token')
    const me = await client.get('/api/me').bearerToken(made.body().access_token)
    me.assertStatus(200)
  })

  test('do no more than their abilities say', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const made = await client
      .post('/api/tokens')
      .bearerToken(token)
      .json({ name: 'reader', abilities: ['asset.read'] })
    const reader = made.body().access_token

    const rooms = await client.get('/api/rooms').bearerToken(reader)
    rooms.assertStatus(200)
    assertProblem(assert, await client.post('/api/rooms').bearerToken(reader).json({ name: '1' }), { status: 403 })
    assertProblem(assert, await client.get('/api/tokens').bearerToken(reader), { status: 403 })
  })

  test('do no more than their owner may', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const made = await client
      .post('/api/tokens')
      .bearerToken(token)
      .json({ name: 'ambitious', abilities: ['user.manage'] })

    assertProblem(assert, await client.get('/api/users').bearerToken(made.body().access_token), { status: 403 })
  })

  test('cannot make a token that may more than they may', async ({ assert, client }) => {
    const { user } = await asUser('superuser')
    const narrow = await tokenOf(user, ['account.manage', 'asset.read'])
    const make = (body: object) =>
      client
        .post('/api/tokens')
        .bearerToken(narrow)
        .json({ name: 'child', ...body })

    assertProblem(assert, await make({}), { status: 403, code: 'E_RANK_EXCEEDED' })
    assertProblem(assert, await make({ abilities: ['asset.write'] }), { status: 403 })
    const child = await make({ abilities: ['asset.read'] })
    child.assertStatus(201)
  })

  test('end when their time has come, or when they are deleted', async ({ client }) => {
    const { token } = await asUser('viewer')
    const made = await client
      .post('/api/tokens')
      .bearerToken(token)
      .json({ name: 'short', expires_at: new Date(Date.now() + 60_000).toISOString() })
    const before = await client.get('/api/me').bearerToken(made.body().access_token)
    before.assertStatus(200)

    const deleted = await client.delete(`/api/tokens/${made.body().id}`).bearerToken(token)

    deleted.assertStatus(204)
    const after = await client.get('/api/me').bearerToken(made.body().access_token)
    after.assertStatus(401)
  })

  test('of others do not exist', async ({ assert, client }) => {
    const owner = await asUser('viewer')
    const root = await asUser('superuser')
    const made = await client.post('/api/tokens').bearerToken(owner.token).json({ name: 'mine' })

    const response = await client.delete(`/api/tokens/${made.body().id}`).bearerToken(root.token)

    assertProblem(assert, response, { status: 404, code: 'E_TOKEN_NOT_FOUND' })
    const listed = await client.get('/api/tokens').bearerToken(root.token)
    assert.deepEqual(listed.body(), [])
  })

  test('need a name, known abilities and a future', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const cases: [object, [string, string]][] = [
      [{}, ['name', 'required']],
      [{ name: '   ' }, ['name', 'minLength']],
      [{ name: 'x', abilities: ['everything'] }, ['abilities.0', 'enum']],
      [{ name: 'x', abilities: [] }, ['abilities', 'array.minLength']],
      [{ name: 'x', expires_at: '2020-01-01T00:00:00Z' }, ['expires_at', 'futureTime']],
      [{ name: 'x', expires_at: 'tomorrow' }, ['expires_at', 'futureTime']],
      [{ name: 'x', hash: 'y' }, ['hash', 'unknown']],
    ]

    for (const [body, fault] of cases) {
      const response = await client.post('/api/tokens').bearerToken(token).json(body)
      assertProblem(assert, response, { status: 422, faults: [fault] })
    }
  })
})
