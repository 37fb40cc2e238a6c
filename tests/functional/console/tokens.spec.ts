import db from '@adonisjs/lucid/services/db'
import { type ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import { tokenOf } from '#tests/helpers/as_user'
import { eachWithEmptyInventory, noticeOf, sessionAs } from './console_client.js'

const FORM = { name: 'nightly export', reach: 'read', life: '90' }

/** The value that the page shows; fails where there is none. */
function valueIn(page: ApiResponse): string {
  return /laim_[\w.-]+/.exec(page.text())![0]
}

test.group('Own API tokens in the console', (group) => {
  eachWithEmptyInventory(group)

  test('shows the value of a new token once, and keeps it nowhere', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')

    const made = await session.post('/account/tokens', FORM)
    const value = valueIn(made)
    const list = await session.get('/account/tokens')

    made.assertStatus(200)
    assert.equal(made.header('cache-control'), 'no-store')
    assert.notInclude(JSON.stringify(made.session()), value)
    assert.include(list.text(), 'nightly export')
    assert.notInclude(list.text(), value.slice(-20))
    const answer = await client.get('/api/items').bearerToken(value)
    answer.assertStatus(200)
  })

  test('makes a token that reads and nothing else', async ({ client }) => {
    const session = await sessionAs(client, 'superuser')
    const token = valueIn(await session.post('/account/tokens', FORM))

    const room = await client.post('/api/rooms').bearerToken(token).json({ name: '2299' })

    room.assertStatus(403)
  })

  test('lets a token end after the days that were chosen, or never', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')
    const before = Date.now()

    await session.post('/account/tokens', { ...FORM, life: '30' })
    await session.post('/account/tokens', { ...FORM, life: 'never', reach: 'all' })

    const rows = await db.from('auth_access_tokens').where('tokenable_id', session.user.id).orderBy('id')
    const days = (new Date(rows[0].expires_at).getTime() - before) / 86_400_000
    assert.closeTo(days, 30, 0.01)
    assert.isNull(rows[1].expires_at)
    assert.equal(rows[1].abilities, '["*"]')
  })

  test('gives a nameless form back with what was chosen', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')

    const refused = await session.post('/account/tokens', { ...FORM, name: '  ' })

    refused.assertStatus(303)
    assert.equal(refused.header('location'), '/account/tokens')
    assert.include(JSON.stringify(refused.flashMessages()), 'Please fill this in')
  })

  test('revokes a token at once, and never that of somebody else', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')
    const other = await sessionAs(client, 'superuser')
    const token = valueIn(await session.post('/account/tokens', FORM))
    const { id } = await db.from('auth_access_tokens').where('tokenable_id', session.user.id).firstOrFail()
    const path = `/account/tokens/${id}/revoke`

    const strange = [await other.get(path), await other.post(path, {})]
    assert.deepEqual(
      strange.map((answer) => answer.status()),
      [404, 404]
    )
    const ask = await session.get(path)
    assert.include(ask.text(), 'Revoke nightly export?')
    const revoked = await session.post(path, {})

    assert.equal(revoked.header('location'), '/account/tokens')
    assert.include(noticeOf(revoked).text, 'revoked')
    const answer = await client.get('/api/items').bearerToken(token)
    answer.assertStatus(401)
  })

  test('does not list the tokens of sign-ins', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')
    await tokenOf(session.user)

    const page = await session.get('/account/tokens')

    assert.include(page.text(), 'You have no token')
  })
})
