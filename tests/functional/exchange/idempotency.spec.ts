import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { uploadCsv } from '#tests/helpers/csv_upload'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'

const ITEM = { hostname: 'lab-sw-014', item_type: 'Switch' }

test.group('Idempotency-Key', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('B14: answers a repeated request as the first one and does it once', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const send = () => client.post('/api/items').bearerToken(token).header('Idempotency-Key', 'k-1').json(ITEM)

    const first = await send()
    const second = await send()

    first.assertStatus(201)
    second.assertStatus(201)
    assert.deepEqual(second.body(), first.body())
    for (const name of ['location', 'etag', 'x-change-id', 'content-type']) {
      assert.equal(second.header(name), first.header(name), name)
    }
    assert.lengthOf(await db.from('assets'), 1)
  })

  test('B14: is heeded by operations without a body, too', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const { id } = (await client.post('/api/items').bearerToken(token).json(ITEM)).body()
    const restore = () => client.post(`/api/items/${id}/restore`).bearerToken(token).header('Idempotency-Key', 'k-2')
    await client.delete(`/api/items/${id}`).bearerToken(token)

    const first = await restore()
    await client.delete(`/api/items/${id}`).bearerToken(token)
    const second = await restore()

    first.assertStatus(200)
    assert.deepEqual(second.body(), first.body())
    assert.equal(second.header('x-change-id'), first.header('x-change-id'))
    const now = await client.get(`/api/items/${id}`).bearerToken(token)
    assert.isFalse(now.body().is_active)
  })

  test('B14: refuses the same key with another body or for another address', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const send = (path: string, body: object) =>
      client.post(path).bearerToken(token).header('Idempotency-Key', 'k-1').json(body)
    await send('/api/items', ITEM)

    const other = await send('/api/items', { ...ITEM, hostname: 'other' })
    const room = await send('/api/rooms', { name: '3301' })

    assertProblem(assert, other, {
      status: 422,
      code: 'E_IDEMPOTENCY_KEY_REUSED',
      faults: [['Idempotency-Key', 'reused']],
    })
    assertProblem(assert, room, { status: 422, code: 'E_IDEMPOTENCY_KEY_REUSED' })
  })

  test('belongs to the person who sent it, and is free again after a refusal', async ({ assert, client }) => {
    const [ada, bob] = [await asUser('admin'), await asUser('admin')]
    const send = (token: string, body: object) =>
      client.post('/api/items').bearerToken(token).header('Idempotency-Key', 'k-1').json(body)

    const refused = await send(ada.token, { hostname: 'x' })
    const corrected = await send(ada.token, ITEM)
    const another = await send(bob.token, ITEM)

    refused.assertStatus(422)
    corrected.assertStatus(201)
    another.assertStatus(201)
    assert.notEqual(another.body().id, corrected.body().id)
  })

  test('is forgotten after 24 hours', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const send = () => client.post('/api/items').bearerToken(token).header('Idempotency-Key', 'k-1').json(ITEM)
    const first = await send()
    const longAgo = new Date(Date.now() - 25 * 3_600_000).toISOString()
    await db.from('idempotency_keys').update({ created_at: longAgo })

    const second = await send()

    assert.notEqual(second.body().id, first.body().id)
  })

  test('says that the first request is still being worked on', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const send = () => client.post('/api/items').bearerToken(token).header('Idempotency-Key', 'k-1').json(ITEM)
    await send()
    await db.from('idempotency_keys').update({ status: null })

    const second = await send()

    assertProblem(assert, second, { status: 409, code: 'E_IDEMPOTENCY_KEY_IN_USE' })
    second.assertHeader('retry-after', '1')
  })

  test('knows a file again', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const send = (file: string) => uploadCsv(client, token, file).header('Idempotency-Key', 'k-1')

    const first = await send('asset_tag,hostname,item_type\nA-1,sw,Switch\n')
    const second = await send('asset_tag,hostname,item_type\nA-1,sw,Switch\n')
    const other = await send('asset_tag,hostname,item_type\nA-2,sw,Switch\n')

    assert.equal(first.body().counts.created, 1)
    assert.deepEqual(second.body(), first.body())
    assertProblem(assert, other, { status: 422, code: 'E_IDEMPOTENCY_KEY_REUSED' })
  })

  for (const [path, body, table] of [
    ['/api/tokens', { name: 'nightly' }, 'auth_access_tokens'],
    ['/api/webhooks', { name: 'ticket desk', url: 'https://192.0.2.7/hook', events: ['run'] }, 'webhooks'],
  ] as const) {
    test(`B14: does POST ${path} once, and tells its secret once`, async ({ assert, client }) => {
      const { token } = await asUser('superuser')
      const send = (fields: object) =>
        client.post(path).bearerToken(token).header('Idempotency-Key', 'k-1').json(fields)
      const before = await db.from(table)

      const first = await send(body)
      const second = await send(body)
      const other = await send({ ...body, name: 'other' })

      first.assertStatus(201)
      assertProblem(assert, second, { status: 409, code: 'E_SECRET_TOLD' })
      assertProblem(assert, other, { status: 422, code: 'E_IDEMPOTENCY_KEY_REUSED' })
      assert.lengthOf(await db.from(table), before.length + 1)
    })
  }

  test('keeps no secret of an answer, and refuses what is no key', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const made = await client
      .post('/api/tokens')
      .bearerToken(token)
      .header('Idempotency-Key', 'k-1')
      .json({ name: 'a' })
    const long = await client
      .post('/api/items')
      .bearerToken(token)
      .header('Idempotency-Key', 'k'.repeat(256))
      .json(ITEM)

    made.assertStatus(201)
    const [kept] = await db.from('idempotency_keys')
    assert.containsSubset(kept, { status: 201, body: null })
    assertProblem(assert, long, { status: 422, faults: [['Idempotency-Key', 'idempotencyKey']] })
  })
})
