import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { eachWithEmptyInventory, noticeOf, sessionAs } from './console_client.js'

const FORM = { 'name': 'Tickets', 'url': 'https://tickets.example.org/hook', 'events[]': ['changes', 'run'] }

/** Stores messages to a webhook, oldest first. */
async function insertDeliveries(webhookId: number, drafts: readonly Record<string, unknown>[]): Promise<void> {
  const at = '2026-11-22T06:00:00.000Z'
  await db.table('webhook_deliveries').multiInsert(
    drafts.map((draft) => ({
      webhook_id: webhookId,
      event: 'changes',
      first_change_id: 1,
      last_change_id: 1,
      status: 'delivered',
      attempts: 1,
      next_at: at,
      created_at: at,
      ended_at: at,
      answer_status: 200,
      error: null,
      ...draft,
    }))
  )
}

test.group('Webhooks in the console', (group) => {
  eachWithEmptyInventory(group)

  test('shows the secret of a new webhook once, and keeps it out of the session', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')

    const made = await session.post('/webhooks', FORM)
    const secret = /whsec_[\w+/=]+/.exec(made.text().replaceAll('&#x3D;', '='))![0]
    const { id } = await db.from('webhooks').firstOrFail()
    const later = [await session.get('/webhooks'), await session.get(`/webhooks/${id}`)]

    made.assertStatus(200)
    assert.equal(made.header('cache-control'), 'no-store')
    assert.notInclude(JSON.stringify(made.session()), secret)
    for (const page of later) {
      assert.include(page.text(), 'Tickets')
      assert.notInclude(page.text(), 'whsec_')
    }
    assert.include(later[1]!.text(), 'Nothing was sent yet')
  })

  test('says at its field what is wrong with a form', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')

    const noEvents = await session.post('/webhooks', { name: 'x', url: FORM.url }, '/webhooks/new')
    const metadata = await session.post('/webhooks', { ...FORM, url: 'http://169.254.169.254/' }, '/webhooks/new')

    assert.deepEqual(noEvents.flashMessages().inputErrorsBag, { events: ['Please tick one at least'] })
    assert.property(metadata.flashMessages().inputErrorsBag, 'url')
    assert.equal(metadata.header('location'), '/webhooks/new')
    assert.lengthOf(await db.from('webhooks'), 0)
  })

  test('switches a webhook off, and deletes it with its log', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')
    await session.post('/webhooks', FORM)
    const { id } = await db.from('webhooks').firstOrFail()
    await insertDeliveries(id, [{}])

    const saved = await session.post(`/webhooks/${id}`, { ...FORM, 'events[]': ['run'], 'is_active': 'false' })
    const page = await session.get(`/webhooks/${id}`)
    assert.equal(saved.header('location'), `/webhooks/${id}`)
    assert.include(page.text(), 'Off: nothing is sent')
    assert.include(page.text(), 'Runs that end')
    assert.include((await session.get(`/webhooks/${id}/delete`)).text(), 'Delete Tickets?')
    const deleted = await session.post(`/webhooks/${id}/delete`, {})

    assert.equal(noticeOf(deleted).text, 'Tickets is deleted.')
    assert.lengthOf(await db.from('webhook_deliveries'), 0)
    const gone = await session.get(`/webhooks/${id}`)
    gone.assertStatus(404)
  })

  test('lists what was sent with the answers, narrowed and page by page', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')
    await session.post('/webhooks', FORM)
    const { id } = await db.from('webhooks').firstOrFail()
    await insertDeliveries(id, [
      { first_change_id: 700, last_change_id: 712, status: 'failed', answer_status: 500, error: 'It answered 500' },
      ...Array.from({ length: 50 }, () => ({})),
    ])

    const first = (await session.get(`/webhooks/${id}`)).text()
    const older = /href="(\/webhooks\/\d+\?before=\d+)"/.exec(first)![1]!
    const second = (await session.get(older)).text()
    const failed = (await session.get(`/webhooks/${id}?status=failed`)).text()
    const pending = (await session.get(`/webhooks/${id}?status=pending`)).text()

    assert.notInclude(first, 'Changes 700 to 712')
    assert.include(second, 'Changes 700 to 712')
    assert.include(second, 'Newest')
    assert.include(failed, 'It answered 500')
    assert.notInclude(failed, 'HTTP 200')
    assert.include(pending, 'No such message')
  })

  test('sends a message again when a person asks for it', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')
    await session.post('/webhooks', FORM)
    const { id } = await db.from('webhooks').firstOrFail()
    await insertDeliveries(id, [{ status: 'failed', attempts: 9, error: 'It answered 500' }])
    const delivery = await db.from('webhook_deliveries').firstOrFail()

    const sent = await session.post(`/deliveries/${delivery.id}/resend`, {}, `/webhooks/${id}`)

    assert.equal(sent.header('location'), `/webhooks/${id}`)
    const again = await db.from('webhook_deliveries').firstOrFail()
    assert.deepEqual([again.status, again.attempts], ['pending', 0])
  })
})
