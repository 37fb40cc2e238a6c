import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { assertProblem } from '#tests/helpers/problem'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'

test.group('POST /api/sync/{id}/cancel', (group) => {
  const world = eachWithWorldInApp(group)

  test('ends a sync that waits, so that another can be asked for', async ({ assert, client }) => {
    const { token, user } = await asUser('admin')
    const ask = () => client.post('/api/sync/trigger').bearerToken(token).json({ source: 'alpha' })
    const { sync_id: id } = (await ask()).body()

    const response = await client.post(`/api/sync/${id}/cancel`).bearerToken(token)

    response.assertStatus(202)
    response.assertHeader('location', `/api/sync/status/${id}`)
    assert.containsSubset(response.body(), { id, status: 'cancelled', errors: [`Cancelled by ${user.username}`] })
    await world.current.work(id)
    assert.lengthOf(await world.current.assets(), 0)
    assert.equal((await ask()).status(), 202)
  })

  test('discards a plan, which cannot be applied any more', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    world.current.says('alpha', devices(1))
    const { id, planHash } = await world.current.plan('alpha')

    await client.post(`/api/sync/${id}/cancel`).bearerToken(token)

    const plan = await client.get(`/api/sync/plans/${id}`).bearerToken(token)
    assert.equal(plan.body().status, 'expired')
    const body = { plan_hash: planHash }
    const applied = await client.post(`/api/sync/plans/${id}/apply`).bearerToken(token).json(body)
    assertProblem(assert, applied, { status: 409, code: 'E_PLAN_NOT_WAITING' })
  })

  test('refuses what has ended or never was, and who may not', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const viewer = await asUser('viewer')
    const { id } = await world.current.reads('alpha', devices(1))
    const cancel = (run: number, by = token) => client.post(`/api/sync/${run}/cancel`).bearerToken(by)

    assertProblem(assert, await cancel(id), { status: 409, code: 'E_RUN_ENDED' })
    assertProblem(assert, await cancel(999_999_999), { status: 404, code: 'E_RUN_NOT_FOUND' })
    assertProblem(assert, await cancel(id, viewer.token), { status: 403 })
  })
})
