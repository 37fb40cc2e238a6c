import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { TEST_PASSWORD, UserFactory } from '#database/factories/user_factory'
import { recordAudit } from '#services/audit/record_audit'
import { asUser, tokenOf } from '#tests/helpers/as_user'
import { uploadCsv } from '#tests/helpers/csv_upload'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'

interface Entry {
  readonly action: string
  readonly actor: string
  readonly target: string | null
  readonly detail: Record<string, unknown>
  readonly [field: string]: unknown
}

/** The whole audit, oldest first. */
async function readAudit(client: ApiClient, query: object = {}): Promise<Entry[]> {
  const { token } = await asUser('superuser')
  const response = await client.get('/api/audit').bearerToken(token).qs(query)
  response.assertStatus(200)
  return response.body().reverse()
}

test.group('GET /api/audit', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('tells who signed in, who could not, and from where', async ({ assert, client }) => {
    const user = await UserFactory.create()
    await client.post('/api/login').json({ username: user.username, password: 'a wrong password' })
    await client.post('/api/login').json({ username: 'MyPassw0rd!', password: 'x' })
    const login = await client.post('/api/login').json({ username: user.username, password: TEST_PASSWORD })
    await client.post('/api/logout').bearerToken(login.body().access_token)

    const entries = await readAudit(client)
    assert.deepEqual(
      entries.map(({ action, actor }) => [action, actor]),
      [
        ['account.sign_in_failed', user.username],
        ['account.sign_in_failed', 'nobody'],
        ['account.signed_in', user.username],
        ['account.signed_out', user.username],
      ]
    )
    assert.containsSubset(entries[2], { user_id: user.id, address: '127.0.0.1', target: null })
    assert.notInclude(JSON.stringify(entries), 'MyPassw0rd')
  })

  test('is narrowed by who did what and when, and refuses what is no time', async ({ assert, client }) => {
    const { user, token } = await asUser('superuser')
    const [ada, bob] = ['Ada', 'bob'].map((username) => ({ userId: user.id, name: username }))
    for (const [actor, target] of [
      [ada, '1'],
      [bob, '2'],
      [ada, '3'],
    ] as const) {
      await recordAudit(db.connection(), { action: 'room.added', actor: actor!, target })
    }
    const read = (query: object) => client.get('/api/audit').bearerToken(token).qs(query)
    const targets = async (query: object) => {
      const answer = await read(query)
      return [answer.header('x-total-count'), answer.body().map((entry: Entry) => entry.target)]
    }
    const [early, late] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)]

    assert.deepEqual(await targets({ actor: 'ada' }), ['2', ['3', '1']])
    assert.deepEqual(await targets({ actor: 'ada', action: 'user.created' }), ['0', []])
    assert.deepEqual(await targets({ from: early.toISOString(), until: late.toISOString(), limit: 1 }), ['3', ['3']])
    assert.deepEqual(await targets({ until: early.toISOString().replace('Z', '+00:00') }), ['0', []])
    assert.deepEqual(await targets({ from: late.toISOString() }), ['0', []])
    assertProblem(assert, await read({ from: 'yesterday' }), { status: 422, faults: [['from', 'moment']] })
    assertProblem(assert, await read({ until: '2026-11-31T00:00:00' }), { status: 422, faults: [['until', 'moment']] })
  })

  test('tells of tokens, accounts, lists, exports, imports and what was refused', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const ask = (method: string, path: string, body?: object) => {
      const request = client.request(path, method).bearerToken(root.token)
      return body ? request.json(body) : request
    }
    const made = await ask('POST', '/api/tokens', { name: 'nightly' })
    await ask('DELETE', `/api/tokens/${made.body().id}`)
    const account = { username: 'ada', email: 'ada@example.org', password: TEST_PASSWORD, role: 'viewer' }
    const { id } = (await ask('POST', '/api/users', account)).body()
    await ask('PUT', `/api/users/${id}`, { role: 'admin', password: 'another long password' })
    await ask('POST', '/api/rooms', { name: '3301' })
    await ask('POST', '/api/item-types', { name: 'Oscilloscope' })
    await ask('GET', '/api/export/csv?room=2265')
    await uploadCsv(client, root.token, 'asset_tag,hostname,item_type\nT-1,a,Switch\n', { dry_run: 'false' })
    await uploadCsv(client, root.token, 'asset_tag,hostname,item_type\nT-2,a,Switch\n', { dry_run: 'true' })
    const viewer = await asUser('viewer')
    await client.post('/api/rooms').bearerToken(viewer.token).json({ name: '3302' })

    const entries = await readAudit(client)
    assert.deepEqual(
      entries.map(({ action, target }) => [action, target]),
      [
        ['token.created', `token ${made.body().id}`],
        ['token.revoked', `token ${made.body().id}`],
        ['user.created', `user ${id}`],
        ['account.password_changed', `user ${id}`],
        ['user.changed', `user ${id}`],
        ['room.added', '3301'],
        ['item_type.added', 'Oscilloscope'],
        ['items.exported', null],
        ['items.imported', null],
        ['access.denied', 'POST /api/rooms'],
      ]
    )
    assert.deepEqual(entries[4]?.detail, { before: { role: 'viewer' }, after: { role: 'admin' } })
    assert.equal(entries.at(-1)?.actor, viewer.user.username)
    const all = JSON.stringify(entries)
    assert.notInclude(all, TEST_PASSWORD)
    assert.notInclude(all, 'another long password')
    assert.notInclude(all, made.body().access_token)
  })

  test('tells nothing of what was refused or rolled back', async ({ assert, client }) => {
    const root = await asUser('superuser')
    const account = { username: 'ada', email: root.user.email, password: TEST_PASSWORD, role: 'viewer' }
    const taken = await client.post('/api/users').bearerToken(root.token).json(account)
    await client.put(`/api/users/${root.user.id}`).bearerToken(root.token).json({ role: 'viewer' })
    await client.delete('/api/tokens/999999').bearerToken(root.token)

    assertProblem(assert, taken, { status: 409 })
    assert.isEmpty(await readAudit(client))
  })

  test('is read page by page, also of one action only', async ({ assert, client }) => {
    const root = await asUser('superuser')
    for (const name of ['3301', '3302', '3303']) {
      await client.post('/api/rooms').bearerToken(root.token).json({ name })
    }
    await client.post('/api/tokens').bearerToken(root.token).json({ name: 'nightly' })

    const first = await client.get('/api/audit').bearerToken(root.token).qs({ action: 'room.added', limit: 2 })
    const next = /<([^>]+)>; rel="next"/.exec(first.header('link')!)![1]!
    const second = await client.get(next).bearerToken(root.token)

    const targets = [...first.body(), ...second.body()].map((entry: Entry) => entry.target)
    assert.deepEqual(targets, ['3303', '3302', '3301'])
    assert.isUndefined(second.header('link'))
    assertProblem(assert, await client.get('/api/audit?action=nothing').bearerToken(root.token), { status: 422 })
  })

  test('S19: is for superusers, and no route writes it', async ({ assert, client }) => {
    const admin = await asUser('admin')
    const root = await asUser('superuser')

    assertProblem(assert, await client.get('/api/audit').bearerToken(admin.token), { status: 403 })
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const path of ['/api/audit', '/api/audit/1']) {
        const response = await client.request(path, method).bearerToken(root.token).json({})
        assert.equal(response.status(), 404, `${method} ${path}`)
      }
    }
    const token = await tokenOf(root.user, ['asset.read'])
    assertProblem(assert, await client.get('/api/audit').bearerToken(token), { status: 403 })
  })
})

test.group('An audit entry', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('S19: is one plain line, whatever was typed', async ({ assert }) => {
    const name = 'eve\n2026-11-23 root \u001b[31msigned in\u001b[0m\u202e'
    await recordAudit(db.connection(), {
      action: 'room.added',
      actor: { userId: null, name, address: '192.0.2.1\r\nX: y' },
      target: 'a\u0000b\u2028c',
      detail: { reason: 'one\ntwo', list: ['\u001b]0;title\u0007x'] },
    })

    const row = await db.from('audit_entries').first()
    // eslint-disable-next-line no-control-regex
    assert.notMatch(JSON.stringify(Object.values(row).map(String)), /[\u0000-\u001f\u2028\u202e]|\\u00|\\n/)
    assert.equal(row.actor, 'eve 2026-11-23 root signed in')
  })

  test('S19: cannot be changed or deleted, not even in the database', async ({ assert }) => {
    await recordAudit(db.connection(), { action: 'room.added', actor: { userId: null, name: 'ada' } })

    for (const statement of ["update audit_entries set actor = 'eve'", 'delete from audit_entries']) {
      await assert.rejects(() => db.transaction((trx) => trx.rawQuery(statement)), /audit entries are only added/)
    }
  })
})
