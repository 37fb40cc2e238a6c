import { test } from '@japa/runner'
import { insertAssets } from '#tests/helpers/asset_factory'
import { eachWithEmptyInventory, sessionAs } from './console_client.js'

const READABLE = ['/', '/reviews', '/pins', '/deleted', '/sources', '/runs', '/account', '/account/tokens']
const WRITERS_ONLY = ['/items/new', '/import']
const SUPERUSERS_ONLY = ['/users', '/users/new', '/webhooks', '/webhooks/new', '/audit']

test.group('Who may open which page', (group) => {
  eachWithEmptyInventory(group)

  test('sends those who are not signed in to the page for signing in', async ({ assert, client }) => {
    for (const path of [...READABLE, ...WRITERS_ONLY, ...SUPERUSERS_ONLY, '/items/1']) {
      const response = await client.get(path).header('Accept', 'text/html').redirects(0)

      response.assertStatus(303)
      assert.equal(response.header('location'), '/login', path)
    }
  })

  test('lets every role read, writers add, and superusers manage users', async ({ assert, client }) => {
    const cases = [
      { role: 'viewer', forbidden: [...WRITERS_ONLY, ...SUPERUSERS_ONLY] },
      { role: 'admin', forbidden: SUPERUSERS_ONLY },
      { role: 'superuser', forbidden: [] as string[] },
    ] as const

    for (const { role, forbidden } of cases) {
      const session = await sessionAs(client, role)
      for (const path of [...READABLE, ...WRITERS_ONLY, ...SUPERUSERS_ONLY]) {
        const response = await session.get(path)
        assert.equal(response.status(), forbidden.includes(path) ? 403 : 200, `${role} ${path}`)
      }
    }
  })

  test('lets a viewer write nothing, and offers nothing to write', async ({ assert, client }) => {
    const [asset] = await insertAssets([{ hostname: 'lab-1' }])
    const session = await sessionAs(client, 'viewer')
    const posts = [
      ['/items', { hostname: 'lab-2', item_type: 'Switch' }],
      [`/items/${asset!.id}`, { hostname: 'changed' }],
      [`/items/${asset!.id}/delete`, {}],
      [`/items/${asset!.id}/restore`, {}],
      ['/runs', { source: 'all' }],
      ['/users', { username: 'x' }],
      ['/webhooks', { name: 'x' }],
      ['/deliveries/1/resend', {}],
    ] as const

    for (const [path, fields] of posts) {
      const response = await session.post(path, fields, '/')
      response.assertStatus(303)
      assert.include(JSON.stringify(response.flashMessages()), 'This needs the permission', path)
    }
    const page = await session.get(`/items/${asset!.id}`)
    assert.notInclude(page.text(), '/edit')
    assert.include(page.text(), 'lab-1')
  })

  test('ends a session at the next request when its user is switched off', async ({ client }) => {
    const session = await sessionAs(client, 'admin')
    await session.user.merge({ isActive: false }).save()

    const response = await session.get('/')

    response.assertStatus(303)
  })
})
