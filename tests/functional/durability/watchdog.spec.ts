import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { manyDevices, PagedServer } from './paged_server.js'
import { PagedWorld } from './paged_world.js'

const IDLE_MS = 400

let server: PagedServer

test.group('A source that is silent', (group) => {
  group.each.setup(async () => {
    server = await PagedServer.start(manyDevices(47))
    await PagedWorld.prepare()
    return async () => {
      await server.stop()
      await emptyDatabase()
    }
  })

  test('R6: a plugin that hangs between two pages is left behind, and the run says so', async ({ assert }) => {
    const world = new PagedWorld({ alpha: server.url }, { hangsAfter: 2 })
    const runId = await world.queue('alpha')
    const startedAt = performance.now()

    await world.work(runId, undefined, IDLE_MS)

    const run = await world.find(runId)
    assert.equal(run.status, 'failed')
    assert.match(run.errors[0]!, /no sign of life/)
    assert.isBelow(performance.now() - startedAt, 8000, 'a plugin has five seconds to end')
    const source = await db.from('sources').where('name', 'alpha').firstOrFail()
    assert.equal(source.health, 'slow')
    const row = await db.from('sync_runs').where('id', runId).firstOrFail()
    assert.equal(row.failure_kind, 'timeout')
  })

  test('R6: an answer that comes drop by drop is a sign of life', async ({ assert }) => {
    server.instead = async ({ page }, _request, response) => {
      if (page !== 2) {
        return false
      }
      response.writeHead(200, { 'content-type': 'application/json' })
      for (let drop = 0; drop < 12; drop++) {
        response.write(' ')
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS / 4))
      }
      response.end(JSON.stringify({ devices: server.devices.slice(10, 20), isLast: false, total: 47 }))
      return true
    }
    const world = new PagedWorld({ alpha: server.url })
    const runId = await world.queue('alpha')

    await world.work(runId, undefined, IDLE_MS)

    assert.equal((await world.find(runId)).created, 47)
  })

  test('R7: a stop does not wait for a plugin that does not listen', async ({ assert }) => {
    const world = new PagedWorld({ alpha: server.url }, { hangsAfter: 2 })
    const runId = await world.queue('alpha')
    const stop = new AbortController()
    const working = world.work(runId, stop.signal)
    while ((await world.find(runId)).devicesFound < 20) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const startedAt = performance.now()

    stop.abort()
    await working

    assert.isBelow(performance.now() - startedAt, 8000)
    assert.equal((await world.find(runId)).status, 'running', 'given back')
  })
})
