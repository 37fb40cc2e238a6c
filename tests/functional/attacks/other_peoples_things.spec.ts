import testUtils from '@adonisjs/core/services/test_utils'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { asUser } from '#tests/helpers/as_user'
import { insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'
import { readStoredState } from '#tests/helpers/stored_state'

test.group('S4: What belongs to somebody else', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S4: tokens of others do not exist, whoever asks', async ({ assert, client }) => {
    const owner = await asUser('viewer')
    const made = await client.post('/api/tokens').bearerToken(owner.token).json({ name: 'mine' })
    const before = await readStoredState()

    for (const role of ['viewer', 'admin', 'superuser'] as const) {
      const { token } = await asUser(role)
      const listed = await client.get('/api/tokens').bearerToken(token)
      assert.deepEqual(listed.body(), [], role)
      const deleted = await client.delete(`/api/tokens/${made.body().id}`).bearerToken(token)
      assertProblem(assert, deleted, { status: 404, code: 'E_TOKEN_NOT_FOUND' })
    }
    const kept = (await readStoredState()).auth_access_tokens!
    assert.includeDeepMembers(kept, before.auth_access_tokens!)
  })

  test('S4: a repeated request is the own one only: another person never gets its answer', async ({
    assert,
    client,
  }) => {
    const [one, two] = [await asUser('admin'), await asUser('admin')]
    const post = (token: string, hostname: string) =>
      client
        .post('/api/items')
        .bearerToken(token)
        .header('Idempotency-Key', 'nightly')
        .json({ hostname, item_type: 'Switch' })

    const first = await post(one.token, 'of-one')
    const second = await post(two.token, 'of-two')

    assert.equal(first.body().hostname, 'of-one')
    assert.equal(second.body().hostname, 'of-two')
    assert.notEqual(first.body().id, second.body().id)
  })

  test('S4: accounts are for superusers: no id of one answers anything to others', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const { token } = await asUser('admin')

    for (const id of [root.user.id, 999_999_999]) {
      const answer = await client.get(`/api/users/${id}`).bearerToken(token)
      assertProblem(assert, answer, { status: 403 })
      assert.notInclude(answer.text(), root.user.username)
    }
  })

  test('S4: what is not there and what one may not see answer alike', async ({ assert, client }) => {
    const { token } = await asUser('superuser')
    const paths = ['items', 'users', 'sync/status', 'sync/plans', 'changes', 'reviews']

    for (const path of paths) {
      for (const id of ['999999999', '0', '-1', 'abc']) {
        const answer = await client.get(`/api/${path}/${id}`).bearerToken(token)
        assertProblem(assert, answer, { status: 404 })
      }
    }
  })
})

interface Listed {
  readonly id: number
}

/** The ids that each way of reading shows, by its name. */
async function readingsOf(client: ApiClient, token: string, query = ''): Promise<Record<string, number[]>> {
  const get = (path: string) => client.get(`/api/${path}${query}`).bearerToken(token)
  const idsOf = (items: readonly Listed[]) => items.map(({ id }) => Number(id)).sort((a, b) => a - b)
  const list = await get('items')
  const json = await get('export/json')
  const csv = await get('export/csv')
  const rows: Listed[] = parse(csv.text(), { columns: true, bom: true })
  return { list: idsOf(list.body()), json: idsOf(json.body()), csv: idsOf(rows) }
}

test.group('S5: Every way of reading', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S5: list, search, export, counts and history show every role the same items', async ({ assert, client }) => {
    const [switched, printer, gone] = await insertAssets([
      { hostname: 'lab-sw-1', room: '2265' },
      { hostname: 'lab-pr-1', assetType: 'Printer', room: '2266' },
      { hostname: 'lab-gone', isActive: false, deletedAt: '2026-11-22T07:00:00.000Z' },
    ])
    const shown = [switched!.id, printer!.id].sort((a, b) => a - b)

    for (const role of ['viewer', 'admin', 'superuser'] as const) {
      const { token } = await asUser(role)
      const same = { list: shown, json: shown, csv: shown }
      assert.deepEqual(await readingsOf(client, token), same, role)
      assert.deepEqual(await readingsOf(client, token, '?search=lab'), same, role)
      assert.deepEqual(await readingsOf(client, token, '?search=gone'), { list: [], json: [], csv: [] }, role)
      assert.deepEqual(
        await readingsOf(client, token, '?active_only=false&search=gone'),
        { list: [gone!.id], json: [gone!.id], csv: [gone!.id] },
        role
      )

      const stats = await client.get('/api/stats').bearerToken(token)
      assert.containsSubset(stats.body(), {
        total: 2,
        by_type: { Switch: 1, Printer: 1 },
        by_room: { 2265: 1, 2266: 1 },
      })
      const counted = await client.get('/api/items?limit=1').bearerToken(token)
      counted.assertHeader('x-total-count', '2')
    }
  })

  test('S5: who may not read items reads them by no other way', async ({ assert, client }) => {
    const { user } = await asUser('superuser')
    const { token } = await client
      .post('/api/tokens')
      .bearerToken((await asUser('admin')).token)
      .json({ name: 'runs', abilities: ['sync.read'] })
      .then((answer) => ({ token: answer.body().access_token as string }))
    const [asset] = await insertAssets([{ hostname: 'hidden-one', serialNumber: 'HIDDEN1' }])

    for (const path of [
      'items',
      'items?search=hidden',
      `items/${asset!.id}`,
      `items/${asset!.id}/history`,
      `items/${asset!.id}/explain`,
      'export/csv',
      'export/json',
      'stats',
      'changes',
      'reviews',
      'pins',
      'tombstones',
    ]) {
      const answer = await client.get(`/api/${path}`).bearerToken(token)
      assert.equal(answer.status(), 403, path)
      assert.notInclude(answer.text().toLowerCase(), 'hidden', path)
      assert.notInclude(answer.text(), user.username, path)
    }
  })
})
