import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { EditAsset } from '#services/inventory/edit_asset'
import { asUser } from '#tests/helpers/as_user'
import { findContradictions } from '#tests/helpers/json_schema'
import { assertProblem } from '#tests/helpers/problem'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'

const PERSON = { userId: null, name: 'ada' }

test.group('Plans of the API', (group) => {
  const world = eachWithWorldInApp(group)

  /** An admin who asked for a plan of new models for three known devices, and a worker that made it. */
  async function withPlan(client: ApiClient) {
    const { token, user } = await asUser('admin')
    await world.current.reads('alpha', devices(3))
    world.current.says('alpha', devices(3, { model: 'new' }))
    const asked = await client.post('/api/sync/plans').bearerToken(token).json({ source: 'alpha' })
    const { id } = asked.body()
    await world.current.work(id)
    const plan = await client.get(`/api/sync/plans/${id}`).bearerToken(token)
    const apply = (body: object) => client.post(`/api/sync/plans/${id}/apply`).bearerToken(token).json(body)
    return { id, token, user, asked, plan: plan.body(), apply }
  }

  test('are queued at once and say where to follow them', async ({ assert, client }) => {
    const { token } = await asUser('admin')

    const response = await client.post('/api/sync/plans').bearerToken(token).json({ source: 'alpha' })

    response.assertStatus(202)
    const { id } = response.body()
    assert.deepEqual(response.body(), { id, status: 'queued' })
    response.assertHeader('location', `/api/sync/plans/${id}`)
    const plan = await client.get(`/api/sync/plans/${id}`).bearerToken(token)
    assert.containsSubset(plan.body(), { id, source: 'alpha', status: 'queued', plan_hash: null, change_id: null })
    const early = await client.post(`/api/sync/plans/${id}/apply`).bearerToken(token).json({ plan_hash: 'early' })
    assertProblem(assert, early, { status: 409, code: 'E_PLAN_NOT_WAITING' })
  })

  test('say what would change and write nothing', async ({ assert, client }) => {
    const { id, token, plan } = await withPlan(client)

    assert.containsSubset(plan, { id, source: 'alpha', status: 'planned' })
    assert.containsSubset(plan.counts, { create: 0, update: 3, applied: 0, stale: 0, guards: [] })
    assert.match(plan.plan_hash, /^[\w-]{43}$/)
    assert.isTrue((await world.current.assets()).every((asset) => asset.model === null))
    const rows = await client.get(`/api/sync/plans/${id}/rows`).bearerToken(token)
    assert.lengthOf(rows.body(), 3)
    assert.containsSubset(rows.body()[0], {
      number: 1,
      action: 'update',
      item: { hostname: 'host-0' },
      before: { model: null },
      after: { model: 'new' },
      outcome: 'planned',
    })
  })

  test('name an item that is to be made, and values as items have them', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    world.current.says('alpha', [{ id: '1', hostname: 'first', base: '001b.213c.4d5e', type: 'Switch' }])
    const plan = await world.current.plan('alpha')

    const rows = await client.get(`/api/sync/plans/${plan.id}/rows`).bearerToken(token)

    const [row] = rows.body()
    assert.deepEqual(row.item, { id: null, hostname: 'first' })
    assert.containsSubset(row.after, { mac_address: '00:1B:21:3C:4D:5E', item_type: 'Switch', source_id: 'alpha:1' })
  })

  test('list their rows page by page', async ({ assert, client }) => {
    const { id, token } = await withPlan(client)
    const seen: number[] = []

    let path: string | null = `/api/sync/plans/${id}/rows?limit=2`
    while (path) {
      const page: Awaited<ReturnType<typeof client.get>> = await client.get(path).bearerToken(token)
      page.assertStatus(200)
      page.assertHeader('x-total-count', '3')
      seen.push(...page.body().map((row: { number: number }) => row.number))
      path = /<([^>]+)>; rel="next"/.exec(page.header('link') ?? '')?.[1] ?? null
    }

    assert.deepEqual(seen, [1, 2, 3])
    const forged = await client.get(`/api/sync/plans/${id}/rows?cursor=Zm9v`).bearerToken(token)
    assertProblem(assert, forged, { status: 422, faults: [['cursor', 'cursor']] })
  })

  test('are applied by their hash, as one change set', async ({ assert, client }) => {
    const { id, token, plan, apply } = await withPlan(client)

    const wrong = await apply({ plan_hash: 'no' })
    assertProblem(assert, wrong, { status: 409, code: 'E_PLAN_HASH' })
    const applied = await apply({ plan_hash: plan.plan_hash })

    applied.assertStatus(202)
    const change = applied.body().change_id
    assert.deepEqual(applied.body(), { id, status: 'applying', change_id: change })
    applied.assertHeader('x-change-id', String(change))
    await world.current.work(id)
    const done = await client.get(`/api/sync/plans/${id}`).bearerToken(token)
    assert.containsSubset(done.body(), { status: 'completed', change_id: change, counts: { applied: 3 } })
    assert.isTrue((await world.current.assets()).every((asset) => asset.model === 'new'))
    assertProblem(assert, await apply({ plan_hash: plan.plan_hash }), { status: 409, code: 'E_PLAN_NOT_WAITING' })
  })

  test('are applied row by row, and what is stale is listed', async ({ assert, client }) => {
    const { id, token, plan, apply } = await withPlan(client)
    const [first] = await world.current.assets()
    await new EditAsset().handle(Number(first!.id), { notes: 'mine' }, PERSON)

    const applied = await apply({ plan_hash: plan.plan_hash, rows: [1, 2] })

    applied.assertStatus(202)
    await world.current.work(id)
    const rows = await client.get(`/api/sync/plans/${id}/rows`).bearerToken(token)
    assert.deepEqual(
      rows.body().map((row: { outcome: string }) => row.outcome),
      ['stale', 'applied', 'unticked']
    )
  })

  test('refuse rows that they do not have, and bodies that say nothing', async ({ assert, client }) => {
    const { plan, apply } = await withPlan(client)
    const { plan_hash: hash } = plan

    assertProblem(assert, await apply({ plan_hash: hash, rows: [4] }), { status: 422, faults: [['rows', 'exists']] })
    assertProblem(assert, await apply({ plan_hash: hash, rows: [] }), {
      status: 422,
      faults: [['rows', 'array.minLength']],
    })
    assertProblem(assert, await apply({}), { status: 422, faults: [['plan_hash', 'required']] })
    assertProblem(assert, await apply({ plan_hash: hash, force: true }), {
      status: 422,
      faults: [['force', 'unknown']],
    })
    assert.isNull(await db.from('change_sets').where('user_id', '>', 0).first())
  })

  test('stand for a sync that a guard stopped, with the guard in words', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    await world.current.reads('alpha', devices(40))
    const renamed = devices(40).map((device) => ({ ...device, hostname: `x-${device.hostname}` }))
    const { id } = await world.current.reads('alpha', renamed)

    const plan = await client.get(`/api/sync/plans/${id}`).bearerToken(token)

    assert.equal(plan.body().status, 'planned')
    const [guard] = plan.body().counts.guards
    assert.equal(guard.guard, 'blast')
    assert.include(guard.sentence, 'would replace the hostname of 40 of 40 devices')
    const body = { plan_hash: plan.body().plan_hash }
    const applied = await client.post(`/api/sync/plans/${id}/apply`).bearerToken(token).json(body)
    applied.assertStatus(202)
    await world.current.work(id)
    assert.equal((await world.current.assets())[0]!.hostname, 'x-host-0')
  })

  test('of all sources are one for each, applied one by one', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    world.current.says('alpha', devices(2))
    world.current.says('beta', [{ id: 'b', hostname: 'other', serial: 'OTHER001' }])
    const { id } = (await client.post('/api/sync/plans').bearerToken(token).json({ source: 'all' })).body()
    await world.current.work(id)

    const plan = (await client.get(`/api/sync/plans/${id}`).bearerToken(token)).body()

    assert.containsSubset(plan, { source: 'all', status: 'planned', plan_hash: null, counts: { create: 3 } })
    assert.containsSubset(plan.plans[0], { source: 'alpha', status: 'planned', counts: { create: 2 } })
    const whole = await client.post(`/api/sync/plans/${id}/apply`).bearerToken(token).json({ plan_hash: 'x' })
    assertProblem(assert, whole, { status: 409, code: 'E_PLAN_OF_ALL' })
    const rows = await client.get(`/api/sync/plans/${id}/rows`).bearerToken(token)
    assertProblem(assert, rows, { status: 409, code: 'E_PLAN_OF_ALL' })
    for (const part of plan.plans.toReversed()) {
      const body = { plan_hash: part.plan_hash }
      const applied = await client.post(`/api/sync/plans/${part.id}/apply`).bearerToken(token).json(body)
      applied.assertStatus(202)
      await world.current.work(part.id)
    }
    assert.lengthOf(await world.current.assets(), 3)
    const done = (await client.get(`/api/sync/plans/${id}`).bearerToken(token)).body()
    assert.containsSubset(done, { status: 'completed', counts: { applied: 3 } })
  })

  test('that nobody asked for are not found, nor are plain syncs', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const run = await world.current.reads('alpha', devices(1))

    for (const id of [run.id, 999_999_999]) {
      for (const path of [`/api/sync/plans/${id}`, `/api/sync/plans/${id}/rows`]) {
        assertProblem(assert, await client.get(path).bearerToken(token), { status: 404, code: 'E_RUN_NOT_FOUND' })
      }
    }
    const unknown = await client.post('/api/sync/plans').bearerToken(token).json({ source: 'nowhere' })
    assertProblem(assert, unknown, { status: 422, faults: [['source', 'exists']] })
  })

  test('are as the OpenAPI document says', async ({ assert, client }) => {
    const { id, token, asked, plan, apply } = await withPlan(client)
    const document = (await client.get('/api/openapi.json')).body()
    const rows = (await client.get(`/api/sync/plans/${id}/rows`).bearerToken(token)).body()
    const applied = (await apply({ plan_hash: plan.plan_hash })).body()
    const answers = [
      ['/api/sync/plans', 'post', 202, asked.body()],
      ['/api/sync/plans/{id}', 'get', 200, plan],
      ['/api/sync/plans/{id}/rows', 'get', 200, rows],
      ['/api/sync/plans/{id}/apply', 'post', 202, applied],
    ] as const

    for (const [path, method, status, body] of answers) {
      const { schema } = document.paths[path][method].responses[status].content['application/json']
      assert.deepEqual(findContradictions(body, schema, path, document), [])
    }
  })
})
