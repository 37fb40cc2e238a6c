import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { CancelRun } from '#services/sync/cancel_run'
import { emptyDatabase } from '#tests/helpers/database'
import { inventoryOf } from './inventory_of.js'
import { manyDevices, PagedServer, sendJson } from './paged_server.js'
import { countsOf, PagedWorld } from './paged_world.js'

let server: PagedServer

/** The source is busy when it is asked for page 3 for the first time. */
function busyOnce(retryAfter: string) {
  server.instead = ({ page, times }, _request, response) => {
    const isBusy = page === 3 && times === 1
    if (isBusy) {
      sendJson(response, {}, 429, { 'retry-after': retryAfter })
    }
    return isBusy
  }
}

/** Lets the pause of all runs be over. */
async function letPauseEnd() {
  const past = new Date(Date.now() - 1000).toISOString()
  await db.from('sync_runs').whereNotNull('resume_at').update({ resume_at: past })
}

test.group('A source that is busy', (group) => {
  group.each.setup(async () => {
    server = await PagedServer.start(manyDevices(47))
    await PagedWorld.prepare()
    return async () => {
      await server.stop()
      await emptyDatabase()
    }
  })

  test('68, G3: and asks for 2 s is waited for', async ({ assert }) => {
    busyOnce('2')
    const startedAt = performance.now()

    const run = await new PagedWorld({ alpha: server.url }).sync('alpha')

    assert.equal(run.created, 47)
    assert.isAtLeast(performance.now() - startedAt, 2000)
  })

  test('68, G3: and asks for 600 s is left alone, and the run goes on where it was', async ({ assert }) => {
    const world = new PagedWorld({ alpha: server.url })
    const golden = countsOf(await world.sync('alpha'))
    const inventory = await inventoryOf(db.connection())
    await emptyDatabase()
    await PagedWorld.prepare()
    busyOnce('600')
    server.asked.length = 0

    const paused = await world.sync('alpha')
    const row = await db.from('sync_runs').where('id', paused.id).firstOrFail()
    const isTaken = await world.work()
    await letPauseEnd()
    await world.work()

    assert.equal(paused.status, 'queued')
    assert.isNull(paused.phase)
    const waitMs = Date.parse(paused.resumeAt!) - Date.now()
    assert.closeTo(waitMs, 600_000, 10_000)
    assert.match(paused.errors[0]!, /too many requests; it asks to wait 600 s/)
    assert.isNull(row.lease_owner)
    assert.isNotNull(row.checkpoint)
    assert.isFalse(isTaken, 'nobody takes it before its time')
    const run = await world.find(paused.id)
    assert.deepEqual(countsOf(run), golden)
    assert.isNull(run.resumeAt)
    assert.deepEqual(await inventoryOf(db.connection()), inventory)
    assert.deepEqual(server.asked, [1, 2, 3, 3, 4, 5])
  })

  test('68: in a run of all sources waits alone: the others are read, and the run goes on with it', async ({
    assert,
  }) => {
    const other = await PagedServer.start(manyDevices(5).map((device) => ({ ...device, id: `b${device.id}` })))
    const world = new PagedWorld({ alpha: server.url, beta: other.url })
    busyOnce('600')

    const waiting = await world.sync('all')
    await letPauseEnd()
    await world.work()
    await other.stop()

    assert.equal(waiting.status, 'queued')
    assert.isNotNull(waiting.resumeAt)
    assert.deepEqual(
      waiting.children.map((child) => child.status),
      ['queued', 'completed']
    )
    const run = await world.find(waiting.id)
    assert.equal(run.status, 'completed')
    assert.equal(run.devicesFound, 52)
    assert.deepEqual(other.asked, [1])
  })

  test('68: can be cancelled while it waits', async ({ assert }) => {
    busyOnce('600')
    const world = new PagedWorld({ alpha: server.url })
    const paused = await world.sync('alpha')
    await assert.rejects(() => world.queue('alpha'), /already running/)
    await new CancelRun().handle(paused.id, { userId: null, name: 'mara' })

    const run = await world.find(paused.id)
    assert.equal(run.status, 'cancelled')
    assert.isNull(run.resumeAt)
    assert.equal((await world.sync('alpha')).status, 'completed')
  })

  test('G3: and asks for {$self} fails, and the run says what it asked for')
    .with(['200000', 'soon'])
    .run(async ({ assert }, retryAfter) => {
      busyOnce(retryAfter)
      const run = await new PagedWorld({ alpha: server.url }).sync('alpha')

      assert.equal(run.status, 'failed')
      assert.include(run.errors[0], `"${retryAfter}"`)
      assert.lengthOf(await db.from('assets'), 0)
    })

  test('for longer than a day in all fails', async ({ assert }) => {
    busyOnce('7200')
    const world = new PagedWorld({ alpha: server.url })
    const runId = await world.queue('alpha')
    const started = new Date(Date.now() - 23 * 3_600_000).toISOString()
    await db.from('sync_runs').where('id', runId).update({ started_at: started })
    await world.work(runId)

    const run = await world.find(runId)
    assert.equal(run.status, 'failed')
    assert.include(run.errors[0], '7200 s')
  })
})

test.group('A source whose session ends in the middle', (group) => {
  group.each.setup(async () => {
    server = await PagedServer.start(manyDevices(47))
    await PagedWorld.prepare()
    return async () => {
      await server.stop()
      await emptyDatabase()
    }
  })

  test('69, G5: lets a new login go on', async ({ assert }) => {
    server.instead = ({ page }, request, response) => {
      const isOld = page === 3 && request.headers.authorization === 'Bearer t1'
      if (isOld) {
        sendJson(response, {}, 401)
      }
      return isOld
    }

    const run = await new PagedWorld({ alpha: server.url }, { usesLogin: true }).sync('alpha')

    assert.equal(run.created, 47)
    assert.equal(server.logins, 2)
    assert.deepEqual(server.asked, [1, 2, 3, 3, 4, 5])
  })

  test('69, G5: and refuses the new login too fails the run, and is not asked a third time', async ({ assert }) => {
    server.instead = ({ page }, _request, response) => {
      if (page === 3) {
        sendJson(response, {}, 401)
      }
      return page === 3
    }

    const run = await new PagedWorld({ alpha: server.url }, { usesLogin: true }).sync('alpha')

    assert.equal(run.status, 'failed')
    assert.equal(server.logins, 2)
    assert.deepEqual(server.asked, [1, 2, 3, 3])
    const source = await db.from('sources').where('name', 'alpha').firstOrFail()
    assert.equal(source.health, 'auth_failed')
  })
})
