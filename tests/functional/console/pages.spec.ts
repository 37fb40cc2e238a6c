import { test } from '@japa/runner'
import { insertAssets } from '#tests/helpers/asset_factory'
import { eachWithEmptyInventory, sessionAs } from './console_client.js'

const SCRIPT = '<script>alert(1)</script>"\'{{ 1234 * 5678 }}'

test.group('Pages of the console', (group) => {
  eachWithEmptyInventory(group)

  test('print what a source or a person wrote as text', async ({ assert, client }) => {
    const texts = { hostname: SCRIPT, serialNumber: SCRIPT, notes: SCRIPT, vendor: SCRIPT, subLocation: SCRIPT }
    const [asset] = await insertAssets([texts])
    const session = await sessionAs(client, 'admin')

    for (const path of [
      '/',
      `/?search=${encodeURIComponent('<script>')}`,
      `/items/${asset!.id}`,
      `/items/${asset!.id}/edit`,
    ]) {
      const page = await session.get(path)
      page.assertStatus(200)
      assert.notInclude(page.text(), '<script>alert', path)
      assert.notInclude(page.text(), '7006652', path)
    }
  })

  test('list what has been missing for long enough to be retired', async ({ assert, client }) => {
    const missing = { presence: 'missing', source: 'alpha' } as const
    await insertAssets([
      { ...missing, hostname: 'long-gone' },
      { ...missing, hostname: 'in-the-drawer', status: 'spare' },
      { hostname: 'still-here', presence: 'present' },
    ])
    const session = await sessionAs(client, 'viewer')

    const page = await session.get('/?presence=retire_candidate')

    assert.match(page.text(), /<option[^>]*value="retire_candidate"[^>]*selected[^>]*>\s*Missing for 30 days/)
    assert.include(page.text(), 'long-gone')
    assert.notMatch(page.text(), /in-the-drawer|still-here/)
  })

  test('allow no inline script or style', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')

    for (const path of [
      '/',
      '/reviews',
      '/pins',
      '/deleted',
      '/sources',
      '/runs',
      '/users',
      '/account',
      '/items/new',
    ]) {
      const page = await session.get(path)
      const policy = String(page.header('content-security-policy'))
      assert.notMatch(policy, /unsafe/)
      assert.notMatch(page.text(), /\son[a-z]+=|\sstyle=|<script(?![^>]+src)/, path)
    }
  })

  test('come without their frame when a script asks for a fragment, and caches are told', async ({
    assert,
    client,
  }) => {
    const session = await sessionAs(client, 'viewer')

    const whole = await session.get('/runs')
    const part = await session.get('/runs').header('X-Fragment', 'page')

    assert.include(whole.text(), '<html')
    assert.notInclude(part.text(), '<html')
    assert.include(part.text(), '<main')
    assert.match(String(whole.header('vary')), /X-Fragment/i)
    assert.match(String(whole.header('cache-control')), /no-cache/)
  })

  test('overlook parameters that they do not understand', async ({ client }) => {
    const session = await sessionAs(client, 'viewer')

    const page = await session.get('/?sort=password&status=broken&item_type[]=Switch&foo=bar&search[x]=1')

    page.assertStatus(200)
  })

  test('say so when there is nothing at an address', async ({ assert, client }) => {
    const session = await sessionAs(client, 'viewer')

    for (const path of ['/items/4711', '/runs/4711', '/items/abc', '/nowhere']) {
      const page = await session.get(path)
      page.assertStatus(404)
      assert.match(String(page.header('content-type')), /html/, path)
    }
  })

  test('say where a list ends and lead back to its start', async ({ assert, client }) => {
    const session = await sessionAs(client, 'superuser')
    const ends = [
      ['/runs?before=1', 'There are no older runs', 'href="/runs"'],
      ['/deleted?before=1', 'Nothing older is deleted', 'href="/deleted"'],
      ['/pins?after=999999:vendor', 'There are no more pins', 'href="/pins"'],
      ['/users?after=999999', 'First page', 'href="/users"'],
      ['/audit?before=1', 'There is nothing older than this', 'href="/audit"'],
    ] as const

    for (const [path, sentence, link] of ends) {
      const page = (await session.get(path)).text()
      assert.include(page, sentence, path)
      assert.include(page.slice(page.indexOf('<main')), link, path)
    }
  })
})
