import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { DeleteAsset } from '#services/inventory/delete_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { PERSON } from '#tests/helpers/decide'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'
import { noticeOf, sessionAs } from './console_client.js'

test.group('Joining and parting assets in the console', (group) => {
  const world = eachWithWorldInApp(group)

  const hostnames = async () => (await world.current.assets()).map((asset) => asset.hostname)

  /** One device as two assets: a person's, and the one that a source made. */
  async function withPair() {
    await world.current.reads('alpha', [{ id: '1', hostname: 'lab-sw', serial: 'SERIAL1', model: 'C9300' }])
    const [found] = await world.current.assets()
    await new EditAsset().handle(Number(found!.id), { vendor: 'typed' }, PERSON)
    const draft = { hostname: 'lab-sw-typed', assetType: 'Switch', room: '2265', model: 'C9200', assetTag: 'LAB-1' }
    const { assetId } = await new CreateAsset().handle(draft, PERSON)
    return { own: assetId, other: Number(found!.id) }
  }

  test('offers assets that are called alike, and searches for others', async ({ assert, client }) => {
    const { own, other } = await withPair()
    const session = await sessionAs(client, 'admin')

    const alike = (await session.get(`/items/${other}/merge`)).text()
    const found = (await session.get(`/items/${own}/merge?search=serial1`)).text()
    const none = (await session.get(`/items/${own}/merge?search=nothing-like-it`)).text()

    assert.include(alike, `/items/${other}/merge/${own}`)
    assert.include(found, `/items/${own}/merge/${other}`)
    assert.include(none, 'No other asset matches')
  })

  test('shows what merging gives, what gives way and what is pinned, and writes nothing', async ({
    assert,
    client,
  }) => {
    const { own, other } = await withPair()
    const session = await sessionAs(client, 'admin')

    const page = (await session.get(`/items/${own}/merge/${other}`)).text()
    const reversed = (await session.get(`/items/${own}/merge/${other}?stays=${other}`)).text()

    assert.match(page, /<del class="faint">C9300<\/del>/)
    assert.include(page, 'What gives way:')
    assert.include(page, 'Pinned by a person')
    assert.include(page, '1 record of sources moves along.')
    assert.include(page, `name="stays" value="${own}"`)
    assert.include(reversed, `name="stays" value="${other}"`)
    assert.lengthOf(await hostnames(), 2)
  })

  test('merges them, and takes it back', async ({ assert, client }) => {
    const { own, other } = await withPair()
    const session = await sessionAs(client, 'admin')
    const path = `/items/${own}/merge/${other}`
    const before = await hostnames()

    const merged = await session.post(path, { stays: other }, path)
    assert.equal(merged.header('location'), `/items/${other}`)
    const after = await world.current.assets()
    assert.deepEqual(
      after.map((asset) => [asset.hostname, asset.room, asset.asset_tag, asset.serial_number]),
      [['lab-sw-typed', '2265', 'LAB-1', 'SERIAL1']]
    )
    await session.post(noticeOf(merged).undo!, {}, '/')

    assert.deepEqual(await hostnames(), before)
  })

  test('splits records off again after showing what comes of it', async ({ assert, client }) => {
    const { own, other } = await withPair()
    const session = await sessionAs(client, 'admin')
    await session.post(`/items/${own}/merge/${other}`, { stays: own }, '/')
    const [record] = await world.current.records()
    const path = `/items/${own}/split`

    const choice = (await session.get(path)).text()
    const preview = (await session.get(`${path}?records=${String(record!.id)}`)).text()
    assert.include(choice, `value="${String(record!.id)}"`)
    assert.include(preview, 'lab-sw comes back')
    assert.lengthOf(await hostnames(), 1)
    const split = await session.post(path, { 'records[]': [String(record!.id)] }, path)

    assert.equal(noticeOf(split).href, `/items/${other}`)
    assert.sameMembers(await hostnames(), ['lab-sw', 'lab-sw-typed'])
  })

  test('says why records cannot be split off', async ({ assert, client }) => {
    await world.current.reads('alpha', devices(1))
    const [asset] = await world.current.assets()
    const [record] = await world.current.records()
    const session = await sessionAs(client, 'admin')

    const page = (await session.get(`/items/${String(asset!.id)}/split?records=${String(record!.id)}`)).text()

    assert.include(page, 'At least one record must stay')
    assert.notInclude(page, 'Split off</button>')
  })

  test('lists what was deleted on purpose, and brings it back', async ({ assert, client }) => {
    await world.current.reads('alpha', devices(2))
    const [asset] = await world.current.assets()
    const session = await sessionAs(client, 'admin')
    assert.include((await session.get('/deleted')).text(), 'Nothing is deleted')
    await new DeleteAsset().handle(Number(asset!.id), PERSON)
    await world.current.sync('alpha')

    const page = (await session.get('/deleted')).text()
    const read = (await (await sessionAs(client, 'viewer')).get('/deleted')).text()
    assert.include(page, 'SERIAL1000')
    assert.include(page, '1 record')
    assert.include(page, `action="/items/${String(asset!.id)}/restore"`)
    assert.notInclude(read, '/restore')
    await session.post(`/items/${String(asset!.id)}/restore`, {}, '/deleted')

    assert.lengthOf(await hostnames(), 2)
    assert.include((await session.get('/deleted')).text(), 'Nothing is deleted')
  })

  test('marks every source that feeds a row of the inventory', async ({ assert, client }) => {
    for (const source of ['alpha', 'beta', 'gamma'] as const) {
      await world.current.reads(source, [{ id: '1', hostname: 'lab-sw', serial: 'SERIAL1' }])
    }
    const session = await sessionAs(client, 'viewer')

    const page = (await session.get('/')).text()

    const row = page.slice(page.indexOf('<tbody>'))
    for (const source of ['alpha', 'beta', 'gamma']) {
      assert.include(row, `aria-label="${source}"`)
    }
  })

  test('exports what the filters of the page mean', async ({ assert, client }) => {
    await withPair()
    const session = await sessionAs(client, 'viewer')

    const page = (await session.get('/?search=lab-sw-typed&deleted=1')).text()
    const href = /href="(\/export\/csv[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&')
    const file = await session.get(href)

    file.assertStatus(200)
    assert.include(String(file.header('content-disposition')), 'attachment')
    assert.lengthOf(file.text().trim().split('\n'), 2)
    assert.equal((await session.get('/export/json?item_type=Switch')).status(), 200)
  })
})
