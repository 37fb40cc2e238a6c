import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { EditAsset } from '#services/inventory/edit_asset'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'
import { noticeOf, sessionAs } from './console_client.js'

const PERSON = { userId: null, name: 'ada' }

test.group('Plans and undo in the console', (group) => {
  const world = eachWithWorldInApp(group)

  /** A plan that gives two known devices a new model and adds a third. */
  async function withPlan(client: ApiClient) {
    await world.current.reads('alpha', devices(2, { model: 'old' }))
    world.current.says('alpha', [...devices(2, { model: 'new' }), { id: '9', hostname: 'third', serial: 'SERIAL9' }])
    const plan = await world.current.plan('alpha')
    const session = await sessionAs(client, 'admin')
    return { plan, session, path: `/runs/${plan.id}` }
  }

  const models = async () => (await world.current.assets()).map((asset) => asset.model)

  test('are asked for beside a sync, and then shown', async ({ assert, client }) => {
    const session = await sessionAs(client, 'admin')
    world.current.says('alpha', devices(1))

    const response = await session.post('/runs', { source: 'alpha', mode: 'plan' })

    response.assertStatus(303)
    const path = String(response.header('location'))
    await world.current.work(Number(path.split('/').at(-1)))
    assert.include((await session.get(path)).text(), 'What it would change')
    assert.lengthOf(await world.current.assets(), 0)
  })

  test('show every row before and after, with a box to tick for who may apply', async ({ assert, client }) => {
    const { session, path, plan } = await withPlan(client)

    const page = (await session.get(path)).text()
    const read = (await (await sessionAs(client, 'viewer')).get(path)).text()

    assert.include(page, '1 to add, 2 to change')
    assert.match(page, /<del>old<\/del>[^]*<ins>new<\/ins>/)
    assert.include(page, 'SERIAL9')
    assert.equal(page.match(/name="rows\[\]"/g)?.length, 3)
    assert.include(page, String(plan.planHash))
    assert.include(read, '1 to add, 2 to change')
    assert.notMatch(read, /name="rows\[\]"|\/apply|\/cancel/)
  })

  test('are applied whole, and the run can then be taken back', async ({ assert, client }) => {
    const { session, path, plan } = await withPlan(client)

    const applied = await session.post(`${path}/apply`, { plan_hash: plan.planHash, scope: 'all' }, path)
    assert.equal(applied.header('location'), path)
    await world.current.work(plan.id)
    const page = (await session.get(path)).text()
    assert.include(page, 'Applied')
    assert.include(page, 'Take back 3 changes')
    assert.deepEqual(await models(), ['new', 'new', null])

    const undone = await session.post(`${path}/undo`, {}, path)

    assert.equal(noticeOf(undone).text, '3 assets are as before the run.')
    assert.match(noticeOf(undone).undo ?? '', /^\/changes\/\d+\/undo$/)
    assert.deepEqual(await models(), ['old', 'old'])
    assert.include((await session.get(path)).text(), 'which were taken back')
  })

  test('are applied as far as they are ticked', async ({ assert, client }) => {
    const { session, path, plan } = await withPlan(client)
    const form = { plan_hash: plan.planHash, scope: 'ticked' }

    const none = await session.post(`${path}/apply`, form, path)
    assert.include(noticeOf(none).text, 'Tick the rows')
    await session.post(`${path}/apply`, { ...form, 'rows[]': ['2'] }, path)
    await world.current.work(plan.id)

    assert.deepEqual(await models(), ['new', 'old'])
    assert.include((await session.get(path)).text(), 'Not ticked')
  })

  test('take as many ticks as a page has', async ({ assert, client }) => {
    world.current.says('alpha', devices(205))
    const plan = await world.current.plan('alpha')
    const session = await sessionAs(client, 'admin')
    const path = `/runs/${plan.id}`
    const first = (await session.get(path)).text()
    const rows = Array.from({ length: 200 }, (_, index) => String(index + 1))

    assert.include(first, `${path}?after=200#plan`)
    assert.include((await session.get(`${path}?after=200`)).text(), 'host-204')
    await session.post(`${path}/apply`, { 'plan_hash': plan.planHash, 'scope': 'ticked', 'rows[]': rows }, path)
    await world.current.work(plan.id)

    assert.lengthOf(await world.current.assets(), 200)
  })

  test('are refused with another hash, and say so', async ({ assert, client }) => {
    const { session, path, plan } = await withPlan(client)

    const response = await session.post(`${path}/apply`, { plan_hash: 'other', scope: 'all' }, path)

    assert.include(noticeOf(response).text, `not the hash of plan ${plan.id}`)
    assert.deepEqual(await models(), ['old', 'old'])
  })

  test('say the guard that stopped a sync as a sentence, once', async ({ assert, client }) => {
    await world.current.reads('alpha', devices(40))
    const renamed = devices(40).map((device) => ({ ...device, hostname: `x-${device.hostname}` }))
    const run = await world.current.reads('alpha', renamed)
    const session = await sessionAs(client, 'admin')

    const page = (await session.get(`/runs/${run.id}`)).text()

    assert.equal(page.match(/would replace the hostname of 40 of 40 devices/g)?.length, 1)
    assert.include(page, 'Nothing is written yet')
  })

  test('are discarded by who may, and cannot be applied any more', async ({ assert, client }) => {
    const { session, path, plan } = await withPlan(client)

    const cancelled = await session.post(`${path}/cancel`, {}, path)
    const applied = await session.post(`${path}/apply`, { plan_hash: plan.planHash, scope: 'all' }, path)

    assert.include(noticeOf(cancelled).text, 'is cancelled')
    assert.include(noticeOf(applied).text, 'cannot be applied')
    assert.notInclude((await session.get(path)).text(), 'What it would change')
  })

  test('keep what people changed since a run that is taken back', async ({ assert, client }) => {
    await world.current.reads('alpha', devices(2, { model: 'old' }))
    const run = await world.current.reads('alpha', devices(2, { model: 'new' }))
    const [first] = await world.current.assets()
    await new EditAsset().handle(Number(first!.id), { model: 'mine' }, PERSON)
    const session = await sessionAs(client, 'admin')

    const response = await session.post(`/runs/${run.id}/undo`, {}, `/runs/${run.id}`)

    assert.equal(noticeOf(response).text, '1 asset is as before the run. 1 kept what was changed since.')
    assert.deepEqual(await models(), ['mine', 'old'])
  })

  test('are nothing for a viewer to decide', async ({ assert, client }) => {
    const { path, plan } = await withPlan(client)
    const viewer = await sessionAs(client, 'viewer')

    for (const [action, form] of [
      ['apply', { plan_hash: plan.planHash, scope: 'all' }],
      ['cancel', {}],
      ['undo', {}],
    ] as const) {
      const response = await viewer.post(`${path}/${action}`, form, path)
      assert.include(JSON.stringify(response.flashMessages()), 'This needs the permission', action)
    }
    assert.deepEqual(await models(), ['old', 'old'])
  })
})
