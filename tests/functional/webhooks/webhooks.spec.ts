import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { queueRunEvent } from '#services/webhooks/queue_events'
import { WebhookWorker } from '#services/webhooks/webhook_worker'
import { toMessageBody } from '#transformers/webhook_transformer'
import { asUser } from '#tests/helpers/as_user'
import { addNames } from '#tests/helpers/lists'
import { assertProblem } from '#tests/helpers/problem'
import { signatureOf, startReceiver } from './receiver.js'

const MINUTE = 60_000

async function addWebhook(client: ApiClient, token: string, url: string, events = ['changes']) {
  const response = await client.post('/api/webhooks').bearerToken(token).json({ name: 'cmdb', url, events })
  response.assertStatus(201)
  return response.body()
}

async function addItem(client: ApiClient, token: string, hostname: string) {
  const item = await client.post('/api/items').bearerToken(token).json({ hostname, item_type: 'Switch' })
  return Number(item.body().id)
}

/** Does everything that is due `minutes` from now. */
async function workAll(minutes = 0): Promise<void> {
  const worker = await app.container.make(WebhookWorker)
  const now = new Date(Date.now() + minutes * MINUTE + 1000)
  while (await worker.workOnce(toMessageBody, now)) {
    // Until nothing is due.
  }
}

async function deliveriesOf(client: ApiClient, token: string, id: number) {
  return (await client.get(`/api/webhooks/${id}/deliveries`).bearerToken(token)).body()
}

test.group('Webhooks', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('tell of changes with before and after, signed', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const receiver = await startReceiver(cleanup)
    const before = await addItem(client, token, 'there-before')
    const { secret } = await addWebhook(client, token, receiver.url)
    const id = await addItem(client, token, 'sw-1')
    await client.put(`/api/items/${id}`).bearerToken(token).json({ hostname: 'sw-2' })

    await workAll()

    assert.lengthOf(receiver.received, 1)
    const [message] = receiver.received
    const { changes } = message!.body.data
    assert.equal(message!.body.type, 'changes')
    assert.deepEqual(
      changes.map((change: { item_id: number; action: string }) => [change.item_id, change.action]),
      [
        [id, 'create'],
        [id, 'update'],
      ]
    )
    assert.notInclude(JSON.stringify(changes), `"item_id":${before},`)
    assert.deepEqual([changes[1].before, changes[1].after], [{ hostname: 'sw-1' }, { hostname: 'sw-2' }])
    assert.equal(message!.headers['webhook-signature'], signatureOf(message!, secret))
    assert.closeTo(Number(message!.headers['webhook-timestamp']), Date.now() / 1000, 60)
    assert.equal(message!.headers['webhook-id'], message!.body.id)
  })

  test('tell of each change once, and of nothing while nothing happens', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const receiver = await startReceiver(cleanup)
    await addWebhook(client, token, receiver.url)
    for (const name of ['a', 'b', 'c']) {
      await addItem(client, token, name)
      await workAll()
      await workAll()
    }

    const ids = receiver.received.flatMap(({ body }) => body.data.changes.map((change: { id: number }) => change.id))
    assert.lengthOf(ids, 3)
    assert.lengthOf(new Set(ids), 3)
  })

  test('tell of runs that ended', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const receiver = await startReceiver(cleanup)
    await addWebhook(client, token, receiver.url, ['run'])
    const times = { queued_at: new Date().toISOString(), completed_at: new Date().toISOString() }
    const run = { source: 'lab', trigger: 'manual', status: 'failed', errors: '["no answer"]', ...times }
    const [{ id }] = await db.knexQuery().table('sync_runs').insert(run).returning('id')
    await queueRunEvent(db.connection(), id)
    await addItem(client, token, 'not told')

    await workAll()

    assert.lengthOf(receiver.received, 1)
    assert.containsSubset(receiver.received[0]!.body, {
      type: 'run',
      data: { run: { id, status: 'failed', errors: ['no answer'] } },
    })
  })

  test('are tried again, ever later, and then given up', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const receiver = await startReceiver(cleanup, (response) => response.writeHead(503).end('<secret page>'))
    const { id } = await addWebhook(client, token, receiver.url)
    await addItem(client, token, 'sw-1')

    await workAll()
    await workAll()
    assert.lengthOf(receiver.received, 1)
    const [waiting] = await deliveriesOf(client, token, id)
    assert.containsSubset(waiting, { status: 'pending', attempts: 1, answer_status: 503 })
    await workAll(2)
    assert.lengthOf(receiver.received, 2)
    for (let days = 1; days < 12; days++) {
      await workAll(days * 24 * 60)
    }

    const [given] = await deliveriesOf(client, token, id)
    assert.containsSubset(given, { status: 'failed', attempts: 8, next_attempt_at: null })
    assert.lengthOf(receiver.received, 8)
    assert.lengthOf(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])), 1)
    assert.notInclude(JSON.stringify(given), 'secret page')
  })

  test('are sent once more by hand, with the id that they had', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const receiver = await startReceiver(cleanup)
    const { id } = await addWebhook(client, token, receiver.url)
    await addItem(client, token, 'sw-1')
    await workAll()
    const [delivery] = await deliveriesOf(client, token, id)
    assert.containsSubset(delivery, { status: 'delivered', answer_status: 200, error: null })

    const again = await client.post(`/api/deliveries/${delivery.id}/resend`).bearerToken(token)
    await workAll()

    again.assertStatus(202)
    const [first, second] = receiver.received
    assert.equal(first!.text, second!.text)
    assertProblem(assert, await client.post('/api/deliveries/999999/resend').bearerToken(token), { status: 404 })
  })

  test('wait while they are off, and go on where they stopped', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const receiver = await startReceiver(cleanup)
    const { id } = await addWebhook(client, token, receiver.url)
    const set = (values: object) => client.put(`/api/webhooks/${id}`).bearerToken(token).json(values)
    await set({ is_active: false })
    await addItem(client, token, 'meanwhile')
    await workAll()
    assert.isEmpty(receiver.received)

    const changed = await set({ is_active: true, name: 'renamed', events: ['run', 'changes'] })
    await workAll()

    assert.containsSubset(changed.body(), { name: 'renamed', is_active: true, events: ['changes', 'run'] })
    assert.lengthOf(receiver.received, 1)
    ;(await client.delete(`/api/webhooks/${id}`).bearerToken(token)).assertStatus(204)
    assertProblem(assert, await client.get(`/api/webhooks/${id}`).bearerToken(token), { status: 404 })
  })

  test('do not follow a redirect', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const other = await startReceiver(cleanup)
    const receiver = await startReceiver(cleanup, (response) => response.writeHead(302, { location: other.url }).end())
    const { id } = await addWebhook(client, token, receiver.url)
    await addItem(client, token, 'sw-1')

    await workAll()

    assert.isEmpty(other.received)
    assert.containsSubset((await deliveriesOf(client, token, id))[0], { status: 'pending', answer_status: 302 })
  })

  test('lead to no link-local or metadata address', async ({ assert, client }) => {
    const { token } = await asUser('superuser')
    for (const url of [
      'http://169.254.169.254/latest',
      'http://[::ffff:169.254.169.254]/',
      'http://2852039166/',
      'http://0251.0376.0251.0376/',
      'http://0xa9fea9fe/',
      'http://0.0.0.0:8000/',
      'http://[::]/',
      'http://[2002:a9fe:a9fe::]/',
      'http://[fe80::1]/',
      'http://metadata.google.internal/',
      'http://user:pass@lab.example/',
      'file:///etc/passwd',
      'gopher://lab.example/',
      'nowhere',
    ]) {
      const response = await client
        .post('/api/webhooks')
        .bearerToken(token)
        .json({ name: 'x', url, events: ['run'] })
      assertProblem(assert, response, { status: 422, faults: [['url', 'url']] })
    }
  })

  test('keep their secret to themselves', async ({ assert, cleanup, client }) => {
    const { token } = await asUser('superuser')
    const { url } = await startReceiver(cleanup)
    const { id, secret } = await addWebhook(client, token, url)

    const shown = await client.get(`/api/webhooks/${id}`).bearerToken(token)
    const listed = await client.get('/api/webhooks').bearerToken(token)
    const stored = JSON.stringify([await db.from('webhooks'), await db.from('audit_entries')])

    assert.match(secret, /^whsec_[\w+/]{43}=$/)
    for (const text of [shown.text(), listed.text(), stored]) {
      assert.notInclude(text, secret)
      assert.notInclude(text, '"secret":"whsec_')
    }
    assert.notInclude(JSON.stringify(await db.from('audit_entries')), 'key=1')
  })
})
