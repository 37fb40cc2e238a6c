import { test } from '@japa/runner'
import { EditAsset } from '#services/inventory/edit_asset'
import { PERSON } from '#tests/helpers/decide'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'
import { noticeOf, sessionAs } from './console_client.js'

test.group('Pins in the console', (group) => {
  const world = eachWithWorldInApp(group)

  const models = async () => (await world.current.assets()).map((asset) => asset.model)

  /** Three devices; a person gave the first two a model of their own. */
  async function withPins(): Promise<number[]> {
    await world.current.reads('alpha', devices(3, { model: 'old' }))
    const ids = (await world.current.assets()).map(({ id }) => Number(id))
    for (const id of ids.slice(0, 2)) {
      await new EditAsset().handle(id, { model: 'mine' }, PERSON, { reason: 'label on the box' })
    }
    return ids
  }

  test('are listed with what they hold back, and counted', async ({ assert, client }) => {
    const [first] = await withPins()
    const session = await sessionAs(client, 'viewer')

    const page = (await session.get('/pins')).text()
    const other = (await session.get('/pins?field=vendor')).text()
    const asset = (await session.get(`/items/${first}`)).text()

    assert.include(page, '2 pins')
    assert.include(page, `href="/items/${first}#fact-model"`)
    assert.match(page, /label on the box/)
    assert.notMatch(page, /name="pins\[\]"|Release/)
    assert.include(other, 'No pin holds anything back')
    assert.include(asset, '1 pin holds')
    assert.include(asset, 'Without the pin it would be “old”')
  })

  test('are released one by one, as ticked, and all that match, each to be taken back', async ({ assert, client }) => {
    const [first, second] = await withPins()
    const session = await sessionAs(client, 'admin')

    const none = await session.post('/pins/release', { scope: 'ticked' }, '/pins')
    assert.equal(noticeOf(none).kind, 'bad')
    const one = await session.post('/pins/release', { only: `${first}:model`, held: '1' }, '/pins')
    assert.equal(noticeOf(one).text, '1 asset follows the sources again.')
    assert.deepEqual(await models(), ['old', 'mine', 'old'])
    await session.post(noticeOf(one).undo!, {}, '/pins')
    const ticked = await session.post('/pins/release', { 'scope': 'ticked', 'pins[]': [`${second}:model`] }, '/pins')
    assert.deepEqual(await models(), ['mine', 'old', 'old'])
    await session.post(noticeOf(ticked).undo!, {}, '/pins')
    const all = await session.post('/pins/release', { scope: 'matching', field: 'model', held: '1' }, '/pins')

    assert.equal(all.header('location'), '/pins?field=model')
    assert.deepEqual(await models(), ['old', 'old', 'old'])
    await session.post(noticeOf(all).undo!, {}, '/pins')
    assert.deepEqual(await models(), ['mine', 'mine', 'old'])
  })

  test('are set and released on the card that explains the value', async ({ assert, client }) => {
    const ids = await withPins()
    const session = await sessionAs(client, 'admin')
    const path = `/items/${ids[2]}`

    const pinned = await session.post(`${path}/pins/model`, { until: 'source_change', reason: 'as on the box' }, path)
    const held = (await session.get(path)).text()
    const released = await session.post(`${path}/pins/model/release`, {}, path)
    const free = (await session.get(path)).text()

    assert.equal(pinned.header('location'), `${path}#fact-model`)
    assert.include(held, 'it is held until a source says something new')
    assert.include(held, 'as on the box')
    assert.equal(noticeOf(released).text, 'Model follows the sources again.')
    assert.notInclude(free, 'as on the box')
    assert.include(free, `action="${path}/pins/model"`)
  })

  test('refuse a date that has passed or is missing, and fields that no source feeds', async ({ assert, client }) => {
    const [first] = await withPins()
    const session = await sessionAs(client, 'admin')
    const path = `/items/${first}/pins`

    for (const [field, form] of [
      ['model', { until: 'date', until_date: '2001-01-01' }],
      ['model', { until: 'date' }],
      ['notes', { until: 'always' }],
    ] as const) {
      const response = await session.post(`${path}/${field}`, form, `/items/${first}`)
      assert.equal(noticeOf(response).kind, 'bad', JSON.stringify(form))
    }
    assert.equal((await session.post('/pins/release', { 'pins[]': ['1; drop'] }, '/pins')).status(), 303)
  })

  test('name the run that read each claim first', async ({ assert, client }) => {
    const run = await world.current.reads('alpha', devices(1, { model: 'old' }))
    await world.current.reads('alpha', devices(1, { model: 'old', vendor: 'Cisco' }))
    const latest = await world.current.reads('alpha', devices(1, { model: 'new', vendor: 'Cisco' }))
    const [asset] = await world.current.assets()
    const session = await sessionAs(client, 'viewer')

    const page = (await session.get(`/items/${asset!.id}`)).text()

    const card = (field: string) => page.slice(page.indexOf(`id="fact-${field}"`)).split('class="claim-why"')[0]
    assert.include(card('model'), `/runs/${latest.id}"`)
    assert.include(card('hostname'), `/runs/${run.id}"`)
  })
})
