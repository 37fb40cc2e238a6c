import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { eachWithEmptyInventory, noticeOf, sessionAs } from './console_client.js'

const ACTOR = { userId: null, name: 'somebody' }

test.group('Forms of the console', (group) => {
  eachWithEmptyInventory(group)

  test('are refused without their CSRF field', async ({ assert, client }) => {
    const { user } = await sessionAs(client, 'admin')

    const response = await client
      .post('/items')
      .withGuard('web')
      .loginAs(user)
      .header('Accept', 'text/html')
      .redirects(0)
      .form({ hostname: 'lab-1', item_type: 'Switch' })

    assert.equal(response.status(), 303)
    assert.lengthOf(await db.from('assets'), 0)
  })

  test('come back with a sentence at each fault and with what was typed', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')

    const response = await session.post(
      '/items',
      { hostname: '', item_type: 'Toaster', mac_address: 'zz', notes: 'kept' },
      '/items/new'
    )

    response.assertStatus(303)
    assert.match(String(response.header('location')), /\/items\/new$/)
    const flash = response.flashMessages()
    assert.properties(flash.inputErrorsBag, ['hostname', 'mac_address'])
    assert.equal(flash.notes, 'kept')
  })

  test('never leave a password in the session', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')
    const secret = 'too short'

    const created = await session.post('/users', {
      username: 'a b',
      email: 'a@b.example',
      password: secret,
      role: 'viewer',
    })
    const changed = await session.post(
      '/account/password',
      { current_password: secret, new_password: secret },
      '/account'
    )

    assert.notInclude(JSON.stringify(created.flashMessages()), secret)
    assert.notInclude(JSON.stringify(changed.flashMessages()), secret)
  })

  test('refuse to overwrite what somebody else changed meanwhile', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')
    const { assetId } = await new CreateAsset().handle({ hostname: 'lab-1', assetType: 'Server' }, ACTOR)
    const form = { hostname: 'lab-1', item_type: 'Server', status: 'in_use', revision: 1 }

    const first = await session.post(`/items/${assetId}`, { ...form, room_location: '2265' })
    const second = await session.post(`/items/${assetId}`, { ...form, room_location: '2266' }, `/items/${assetId}/edit`)

    assert.equal(String(first.header('location')), `/items/${assetId}`)
    assert.match(String(second.header('location')), /\/edit$/)
    assert.include(JSON.stringify(second.flashMessages()), 'changed since you read it')
    assert.equal((await db.from('assets').where('id', assetId).first()).room, '2265')
  })

  test('show field by field what somebody else changed meanwhile, and lose nothing that was typed', async ({
    assert,
    client,
  }) => {
    const session = await sessionAs(client, 'admin')
    const values = { hostname: 'lab-1', assetType: 'Server', vendor: 'Dell', notes: 'old' }
    const { assetId } = await new CreateAsset().handle(values, ACTOR)
    await new EditAsset().handle(assetId, { notes: 'theirs', room: '2265' }, { userId: null, name: 'bob' })
    const path = `/items/${assetId}`
    const typed = { hostname: 'lab-1', item_type: 'Server', status: 'in_use', vendor: 'HP', notes: 'mine' }

    const refused = await session.post(path, { ...typed, room_location: '', revision: 1 }, `${path}/edit`)
    const page = (await session.get(`${path}/edit`).withFlashMessages(refused.flashMessages())).text()

    assert.include(page, 'bob changed this asset meanwhile')
    assert.match(page, /Yours:\s*mine/)
    assert.match(page, /Theirs:\s*theirs/)
    assert.include(page, 'before: old')
    assert.match(page, /taken over[^]*2265/)
    assert.match(page, /name="vendor"[^>]*value="HP"|value="HP"[^>]*name="vendor"/)
    assert.match(page, />mine<\/textarea>/)
    assert.match(page, /value="2265" selected/)
    assert.include(page, 'name="revision" value="2"')
    await session.post(path, { ...typed, room_location: '2265', revision: 2 }, `${path}/edit`)
    const row = await db.from('assets').where('id', assetId).first()
    assert.deepEqual([row.vendor, row.notes, row.room], ['HP', 'mine', '2265'])
  })

  test('link to the asset that holds a taken value', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')
    const { assetId } = await new CreateAsset().handle(
      { hostname: 'holder', assetType: 'Server', assetTag: 'LAB-1' },
      ACTOR
    )

    const response = await session.post(
      '/items',
      { hostname: 'other', item_type: 'Server', asset_tag: 'lab-1' },
      '/items/new'
    )

    assert.equal(noticeOf(response).href, `/items/${assetId}`)
    assert.property(response.flashMessages().inputErrorsBag, 'asset_tag')
  })

  test('tell a superuser why the last one must stay', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')
    const { id, email } = session.user

    const response = await session.post(`/users/${id}`, { email, role: 'viewer', is_active: 'true', password: '' })

    assert.include(noticeOf(response).text, 'last active superuser')
  })
})
