import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { asUser } from '#tests/helpers/as_user'
import { emptyDatabase } from '#tests/helpers/database'
import { assertProblem } from '#tests/helpers/problem'
import { manyDevices, PagedServer } from './paged_server.js'
import { PagedWorld } from './paged_world.js'

test.group('Asking for a run', (group) => {
  let server: PagedServer
  let world: PagedWorld

  group.each.setup(async () => {
    server = await PagedServer.start(manyDevices(27))
    world = new PagedWorld({ alpha: server.url, beta: `${server.url}/other` })
    await PagedWorld.prepare()
    app.container.swap(ConfiguredSources, () => world.sources)
    return async () => {
      app.container.restore(ConfiguredSources)
      await server.stop()
      await emptyDatabase()
    }
  })

  test('61: several times at once queues one run, and tells the others its id', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const trigger = () => client.post('/api/sync/trigger').bearerToken(token).json({ source: 'alpha' })

    const answers = await Promise.all(Array.from({ length: 5 }, trigger))

    const [queued, ...more] = answers.filter((answer) => answer.status() === 202)
    assert.lengthOf(more, 0)
    for (const refused of answers.filter((answer) => answer !== queued)) {
      assertProblem(assert, refused, { status: 409, code: 'E_RUN_ACTIVE' })
      assert.equal(refused.body().sync_id, queued!.body().sync_id)
    }
    assert.lengthOf(await db.from('sync_runs'), 1)
  })

  test('F20: while one is under way is refused with its id, and does not disturb it', async ({ assert, client }) => {
    const { token } = await asUser('admin')
    const trigger = (source: string) => client.post('/api/sync/trigger').bearerToken(token).json({ source })
    const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>()
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>()
    server.instead = async ({ page }) => {
      if (page === 2) {
        asked()
        await mayAnswer
      }
      return false
    }
    const runId = await world.queue('alpha')
    const working = world.work(runId)
    await isAsked

    for (const source of ['alpha', 'all']) {
      const refused = await trigger(source)
      assertProblem(assert, refused, { status: 409, code: 'E_RUN_ACTIVE' })
      assert.equal(refused.body().sync_id, runId)
      assert.include(refused.body().detail, `run ${runId}`)
    }
    const other = await trigger('beta')
    answer()
    await working

    other.assertStatus(202)
    const run = await world.find(runId)
    assert.equal(run.created, 27)
    assert.deepEqual(server.asked, [1, 2, 3])
    const again = await trigger('alpha')
    again.assertStatus(202)
  })
})
