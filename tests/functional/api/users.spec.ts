import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { TEST_PASSWORD, UserFactory } from '#database/factories/user_factory'
import User from '#models/user'
import { asUser, tokenOf } from '#tests/helpers/as_user'
import { assertProblem } from '#tests/helpers/problem'

const NEW_USER = { username: 'Ada', email: 'Ada@Example.org', password: 'correct horse battery', role: 'admin' }

test.group('POST /api/users', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('adds an account that can sign in, and answers no trace of its password', async ({ assert, client }) => {
    const root = await asUser('superuser')

    const response = await client.post('/api/users').bearerToken(root.token).json(NEW_USER)

    response.assertStatus(201)
    const { id, ...rest } = response.body()
    response.assertHeader('location', `/api/users/${id}`)
    assert.containsSubset(rest, { username: 'ada', email: 'ada@example.org', role: 'admin', is_active: true })
    assert.notInclude(response.text(), 'password')
    const login = await client.post('/api/login').json({ username: 'ada', password: NEW_USER.password })
    login.assertStatus(200)
  })

  test('names the field that another account holds, in whatever capitals', async ({ assert, client }) => {
    const root = await asUser('superuser')
    await UserFactory.merge({ username: 'grace', email: 'grace@example.org' }).create()
    const add = (values: object) =>
      client
        .post('/api/users')
        .bearerToken(root.token)
        .json({ ...NEW_USER, ...values })

    assertProblem(assert, await add({ username: 'GRACE' }), { status: 409, faults: [['username', 'unique']] })
    assertProblem(assert, await add({ email: 'GRACE@example.org' }), { status: 409, faults: [['email', 'unique']] })
  })

  test('refuses what is no account, naming field and rule', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const cases: [object, [string, string]][] = [
      [{ password: 'too short' }, ['password', 'minLength']],
      [{ role: 'root' }, ['role', 'enum']],
      [{ email: 'nowhere' }, ['email', 'email']],
      [{ username: 'no spaces' }, ['username', 'regex']],
      [{ id: 7 }, ['id', 'unknown']],
      [{ is_active: false }, ['is_active', 'unknown']],
    ]

    for (const [values, fault] of cases) {
      const response = await client
        .post('/api/users')
        .bearerToken(root.token)
        .json({ ...NEW_USER, ...values })
      assertProblem(assert, response, { status: 422, faults: [fault] })
    }
  })
})

test.group('PUT /api/users/{id}', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('changes only what the body names', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const user = await UserFactory.create()

    const response = await client.put(`/api/users/${user.id}`).bearerToken(root.token).json({ role: 'admin' })

    response.assertStatus(200)
    assert.containsSubset(response.body(), { role: 'admin', email: user.email, is_active: true })
  })

  test('makes a new role count from the next request', async ({ client }) => {
    const root = await asUser('superuser')
    const admin = await asUser('admin')

    await client.put(`/api/users/${admin.user.id}`).bearerToken(root.token).json({ role: 'viewer' })

    const write = await client.post('/api/rooms').bearerToken(admin.token).json({ name: '1' })
    write.assertStatus(403)
  })

  test('keeps the last active superuser', async ({ assert, client }) => {
    const root = await asUser('superuser')
    await UserFactory.apply('superuser').apply('inactive').create()
    const change = (body: object) => client.put(`/api/users/${root.user.id}`).bearerToken(root.token).json(body)

    for (const body of [{ role: 'admin' }, { is_active: false }, { role: 'viewer', is_active: false }]) {
      assertProblem(assert, await change(body), { status: 409, code: 'E_LAST_SUPERUSER' })
    }
    await UserFactory.apply('superuser').create()
    const down = await change({ role: 'viewer' })
    down.assertStatus(200)
  })

  test('ends every token of an account that it switches off', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const viewer = await asUser('viewer')

    await client.put(`/api/users/${viewer.user.id}`).bearerToken(root.token).json({ is_active: false })
    const off = await client.get('/api/me').bearerToken(viewer.token)
    await client.put(`/api/users/${viewer.user.id}`).bearerToken(root.token).json({ is_active: true })
    const onAgain = await client.get('/api/me').bearerToken(viewer.token)

    assert.equal(off.status(), 401)
    assert.equal(onAgain.status(), 401)
  })

  test('ends every token of an account whose password it sets', async ({ client }) => {
    const root = await asUser('superuser')
    const viewer = await asUser('viewer')

    const change = await client
      .put(`/api/users/${viewer.user.id}`)
      .bearerToken(root.token)
      .json({ password: 'another long password' })

    change.assertStatus(200)
    const old = await client.get('/api/me').bearerToken(viewer.token)
    old.assertStatus(401)
  })

  test('has no other names for what it changes, and empties nothing', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const user = await UserFactory.create()
    const change = (body: object) => client.put(`/api/users/${user.id}`).bearerToken(root.token).json(body)

    assertProblem(assert, await change({ username: 'x' }), { status: 422, faults: [['username', 'unknown']] })
    assertProblem(assert, await change({ created_at: '' }), { status: 422, faults: [['created_at', 'unknown']] })
    assertProblem(assert, await change({ email: null }), { status: 422, faults: [['email', 'required']] })
    assertProblem(assert, await change({ is_active: 'yes' }), { status: 422, faults: [['is_active', 'boolean']] })
  })

  test('knows no account of an id that none has', async ({ assert, client }) => {
    const root = await asUser('superuser')

    for (const id of ['999999999', '0', '-1', '1e99', 'abc', '99999999999999999999']) {
      const response = await client.put(`/api/users/${id}`).bearerToken(root.token).json({ role: 'viewer' })
      assertProblem(assert, response, { status: 404 })
    }
  })
})

test.group('GET /api/users', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('walks over every account once, page by page', async ({ assert, client }) => {
    const root = await asUser('superuser')
    await UserFactory.createMany(4)
    const seen: number[] = []

    let path: string | null = '/api/users?limit=2'
    while (path) {
      const page: Awaited<ReturnType<typeof client.get>> = await client.get(path).bearerToken(root.token)
      page.assertStatus(200)
      assert.isAtMost(page.body().length, 2)
      page.assertHeader('x-total-count', '5')
      seen.push(...page.body().map((user: { id: number }) => user.id))
      path = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
    }

    const all = await User.query().select('id').orderBy('id')
    assert.deepEqual(
      seen,
      all.map((user) => user.id)
    )
  })

  test('refuses pages that it never offered', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const runsCursor = Buffer.from('runs:4').toString('base64url')

    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=ten', 'limit'],
      ['cursor=forged', 'cursor'],
      [`cursor=${runsCursor}`, 'cursor'],
      ['page=2', 'page'],
    ]) {
      const response = await client.get(`/api/users?${query}`).bearerToken(root.token)
      assertProblem(assert, response, { status: 422 })
      assert.equal(response.body().errors[0].field, field)
    }
  })
})

test.group('PUT /api/me/password', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('asks for the current password and ends every token', async ({ assert, client }) => {
    const { user, token } = await asUser('viewer')
    const other = await tokenOf(user)
    const change = (current: string) =>
      client
        .put('/api/me/password')
        .bearerToken(token)
        .json({ current_password: current, new_password: 'a new long password' })

    assertProblem(assert, await change('wrong'), { status: 422, faults: [['current_password', 'currentPassword']] })
    const changed = await change(TEST_PASSWORD)

    changed.assertStatus(204)
    for (const ended of [token, other]) {
      const me = await client.get('/api/me').bearerToken(ended)
      me.assertStatus(401)
    }
    const login = await client.post('/api/login').json({ username: user.username, password: 'a new long password' })
    login.assertStatus(200)
  })
})
