import testUtils from '@adonisjs/core/services/test_utils'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { asUser } from '#tests/helpers/as_user'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'

const ACTOR = { userId: null, name: 'test' }

async function addAssets() {
  const create = new CreateAsset()
  const add = (values: Parameters<CreateAsset['handle']>[0]) => create.handle(values, ACTOR)
  await add({ hostname: 'alpha', assetType: 'Switch', room: '2265', macAddress: '001b213c4d5e' })
  await add({ hostname: 'bravo', assetType: 'Switch', room: '2266', status: 'spare' })
  await add({ hostname: 'charlie', assetType: 'Laptop', room: '2265', serialNumber: 'FOC2140X0QK' })
  await add({ hostname: 'delta', assetType: 'Server' })
}

/** Hostnames of what a query answers, in its order. */
async function namesOf(client: ApiClient, token: string, query: string): Promise<string[]> {
  const response = await client.get(`/api/items?${query}`).bearerToken(token)
  response.assertStatus(200)
  return response.body().map((item: { hostname: string }) => item.hostname)
}

test.group('GET /api/items', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())
  group.each.setup(() => addAssets())

  test('filters by every parameter, and by several at once', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const cases: [query: string, names: string[]][] = [
      ['', ['alpha', 'bravo', 'charlie', 'delta']],
      ['item_type=Switch', ['alpha', 'bravo']],
      ['item_type=Switch&item_type=Laptop', ['alpha', 'bravo', 'charlie']],
      ['item_type=Toaster', []],
      ['room=2265', ['alpha', 'charlie']],
      ['room_location=2265', ['alpha', 'charlie']],
      ['room=2265&item_type=Switch', ['alpha']],
      ['status=spare', ['bravo']],
      ['presence=unknown', ['alpha', 'bravo', 'charlie', 'delta']],
      ['presence=missing', []],
      ['presence=retire_candidate', []],
      ['source=manual', ['alpha', 'bravo', 'charlie', 'delta']],
      ['search=', ['alpha', 'bravo', 'charlie', 'delta']],
      ['search=foc2140', ['charlie']],
      ['search=alpha,bravo', []],
      ['room=&item_type=&status=&presence=&source=&sort=&limit=&cursor=', ['alpha', 'bravo', 'charlie', 'delta']],
      ['search=1b21.3c4d&item_type=Switch', ['alpha']],
      ['sort=-hostname&limit=2', ['delta', 'charlie']],
      ['active_only=false&sort=hostname', ['alpha', 'bravo', 'charlie', 'delta']],
    ]

    for (const [query, names] of cases) {
      assert.deepEqual(await namesOf(client, token, query), names, query)
    }
  })

  test('walks over all pages by the link to the next, and says how many there are', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const seen: string[] = []

    let path: string | null = '/api/items?limit=1&room=2265&sort=-hostname'
    while (path) {
      const page: Awaited<ReturnType<typeof client.get>> = await client.get(path).bearerToken(token)
      page.assertHeader('x-total-count', '2')
      seen.push(...page.body().map((item: { hostname: string }) => item.hostname))
      path = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
    }

    assert.deepEqual(seen, ['charlie', 'alpha'])
  })

  test('refuses what it does not understand, by name and rule', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const cases: [query: string, fault: [string, string]][] = [
      ['limit=0', ['limit', 'range']],
      ['limit=1001', ['limit', 'range']],
      ['limit=1.5', ['limit', 'withoutDecimals']],
      ['limit=many', ['limit', 'number']],
      ['sort=hashed_password', ['sort', 'enum']],
      ['sort=hostname;--', ['sort', 'enum']],
      ['status=broken', ['status', 'enum']],
      ['presence=here', ['presence', 'enum']],
      ['active_only=perhaps', ['active_only', 'boolean']],
      ['cursor=forged', ['cursor', 'cursor']],
      ['frobnicate=1', ['frobnicate', 'unknown']],
      ['search[a][b]=c', ['search', 'string']],
      ['search=a&search=b', ['search', 'string']],
      ['search=%00', ['search', 'plainText']],
    ]

    for (const [query, fault] of cases) {
      const response = await client.get(`/api/items?${query}`).bearerToken(token)
      assertProblem(assert, response, { status: 422, faults: [fault] })
    }
  })

  test('refuses a cursor of another order', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const page = await client.get('/api/items?limit=1&sort=hostname').bearerToken(token)
    const cursor = new URLSearchParams(page.header('link')!.split('?')[1]!.split('>')[0]).get('cursor')!

    const response = await client.get(`/api/items?sort=-updated_at&cursor=${cursor}`).bearerToken(token)

    assertProblem(assert, response, { status: 422 })
    assert.equal(response.body().errors[0].field, 'cursor')
  })

  test('takes signs that mean something to a database for letters', async ({ assert, client }) => {
    const { token } = await asUser('viewer')

    for (const sign of ['%', '_', "'", '"', '*', 'AND', 'NEAR(', '-x', '\\', '😀', "' or 1=1 --"]) {
      assert.deepEqual(await namesOf(client, token, `search=${encodeURIComponent(sign)}`), [], sign)
    }
  })
})

test.group('What stands beside the items', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())
  group.each.setup(() => addAssets())

  test('are counts of them', async ({ assert, client }) => {
    const { token } = await asUser('viewer')

    const response = await client.get('/api/stats').bearerToken(token)

    response.assertStatus(200)
    assert.containsSubset(response.body(), {
      total: 4,
      by_type: { Switch: 2, Laptop: 1, Server: 1 },
      by_room: { 2265: 2, 2266: 1 },
      by_source: { manual: 4 },
      by_presence: { unknown: 4 },
      open_reviews: 0,
    })
  })

  test('are their history and the reasons of their values', async ({ assert, client }) => {
    const { user, token } = await asUser('admin')
    const [alpha] = (await client.get('/api/items?search=alpha').bearerToken(token)).body()
    await client.patch(`/api/items/${alpha.id}`).bearerToken(token).json({ hostname: 'alpha-2', room_location: '2266' })

    const history = await client.get(`/api/items/${alpha.id}/history`).bearerToken(token)
    const explain = await client.get(`/api/items/${alpha.id}/explain`).bearerToken(token)

    assert.containsSubset(history.body()[0], {
      kind: 'edit',
      action: 'update',
      actor: user.username,
      before: { hostname: 'alpha', room_location: '2265' },
      after: { hostname: 'alpha-2', room_location: '2266' },
      revision: 2,
    })
    assert.equal(history.body()[1].after.mac_address, '00:1B:21:3C:4D:5E')
    const one = await client.get(`/api/items/${alpha.id}/explain?limit=1`).bearerToken(token)
    const two = await client.get(/<([^>]+)>/.exec(one.header('link')!)![1]!).bearerToken(token)
    assert.deepEqual([...one.body(), ...two.body()].slice(0, 2), explain.body().slice(0, 2))
    assert.equal(one.header('x-total-count'), String(explain.body().length))
    const hostname = explain.body().find((explained: { field: string }) => explained.field === 'hostname')
    assert.containsSubset(hostname, { value: 'alpha-2', winner: { kind: 'pin', actor: user.username }, claims: [] })
  })

  test('are all changes in order, to be read on from where one stopped', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const read = async (path: string) => {
      const page = await client.get(path).bearerToken(token)
      page.assertStatus(200)
      const next = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
      const entries: { item_id: number; after: { hostname: string } }[] = page.body()
      return { hostnames: entries.map((entry) => entry.after.hostname), entries, next }
    }

    const first = await read('/api/changes?limit=3')
    const second = await read(first.next!)
    const end = await read(second.next!)
    await client.patch(`/api/items/${first.entries[0]!.item_id}`).bearerToken(token).json({ hostname: 'alpha-2' })
    const later = await read(second.next!)

    assert.deepEqual(first.hostnames, ['alpha', 'bravo', 'charlie'])
    assert.deepEqual(second.hostnames, ['delta'])
    assert.deepEqual(end, { hostnames: [], entries: [], next: null })
    assert.deepEqual(later.hostnames, ['alpha-2'])
    assert.equal(later.entries[0]!.item_id, first.entries[0]!.item_id)
  })

  test('are short lists too, page by page', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const whole = await client.get('/api/item-types').bearerToken(token)
    const seen: unknown[] = []

    let path: string | null = '/api/item-types?limit=10'
    while (path) {
      const page: Awaited<ReturnType<typeof client.get>> = await client.get(path).bearerToken(token)
      page.assertStatus(200)
      seen.push(...page.body())
      path = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
    }

    assert.deepEqual(seen, whole.body())
    const gone = Buffer.from('item_types:999999999').toString('base64url')
    const lost = await client.get(`/api/item-types?cursor=${gone}`).bearerToken(token)
    assertProblem(assert, lost, { status: 422, faults: [['cursor', 'cursor']] })
  })

  test('are item types and rooms, which grow by name', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const root = await asUser('superuser')

    const types = await client.get('/api/item-types').bearerToken(admin.token)
    types.assertHeader('x-total-count', '26')
    assert.equal(types.body()[0].name, 'Laptop')
    const added = await client.post('/api/item-types').bearerToken(root.token).json({ name: 'Oscilloscope' })
    added.assertStatus(201)
    const again = await client.post('/api/item-types').bearerToken(root.token).json({ name: 'OSCILLOSCOPE' })
    assertProblem(assert, again, { status: 409, code: 'E_NAME_TAKEN', faults: [['name', 'unique']] })
    const room = await client.post('/api/rooms').bearerToken(admin.token).json({ name: '2265' })
    assertProblem(assert, room, { status: 409 })
    const item = await client
      .post('/api/items')
      .bearerToken(admin.token)
      .json({ hostname: 'scope-1', item_type: 'Oscilloscope' })
    item.assertStatus(201)
  })
})
