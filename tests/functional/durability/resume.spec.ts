import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { inventoryOf } from './inventory_of.js'
import { type PagedTraits } from './paged_plugin.js'
import { manyDevices, PagedServer } from './paged_server.js'
import { countsOf, letLeasesExpire, PagedWorld } from './paged_world.js'

const DEVICES = manyDevices(47)
const PAGES = 5

let server: PagedServer

/** Lets a worker read until the source is asked for a page, and stops it before the answer. Answers the run's id. */
async function stoppedAtPage(page: number, traits: PagedTraits = {}): Promise<number> {
  const world = new PagedWorld({ alpha: server.url }, traits)
  const stop = new AbortController()
  server.instead = ({ page: asked }) => {
    if (asked === page) {
      stop.abort()
    }
    return false
  }
  const runId = await world.queue('alpha')
  await world.work(runId, stop.signal)
  server.instead = () => false
  server.asked.length = 0
  return runId
}

/** Lets the next worker take the run up, and answers it when it is done. */
async function takenUp(runId: number, traits: PagedTraits = {}) {
  const world = new PagedWorld({ alpha: server.url }, traits)
  await world.work(runId)
  return world.find(runId)
}

/** What a run that nothing disturbs comes to, from an empty database; which is empty again then. */
async function undisturbed() {
  const run = await new PagedWorld({ alpha: server.url }).sync('alpha')
  const inventory = await inventoryOf(db.connection())
  await emptyDatabase()
  await PagedWorld.prepare()
  server.asked.length = 0
  return { counts: countsOf(run), inventory }
}

function rowOf(runId: number) {
  return db.from('sync_runs').where('id', runId).firstOrFail()
}

test.group('A run whose worker stopped while reading', (group) => {
  group.each.setup(async () => {
    server = await PagedServer.start(DEVICES)
    await PagedWorld.prepare()
    return async () => {
      await server.stop()
      await emptyDatabase()
    }
  })

  test('64, F28: goes on behind page {$self} and ends as if nothing had been')
    .with([1, 2, 3, 4])
    .run(async ({ assert }, done) => {
      const golden = await undisturbed()

      const runId = await stoppedAtPage(done + 1)
      const before = await rowOf(runId)
      const run = await takenUp(runId)

      assert.equal(before.status, 'running')
      assert.isNull(before.lease_owner)
      assert.deepEqual(countsOf(run), golden.counts)
      assert.deepEqual(await inventoryOf(db.connection()), golden.inventory)
      assert.lengthOf(server.asked, PAGES - done, 'the source is asked for what is left, and for nothing twice')
      const after = await rowOf(runId)
      assert.equal(after.attempt, 1)
      assert.isNull(after.checkpoint)
    })

  test('64: forgets what came after its last checkpoint and reads it again', async ({ assert }) => {
    const golden = await undisturbed()
    const traits = { checkpointEvery: 2 }

    const runId = await stoppedAtPage(4, traits)
    const run = await takenUp(runId, traits)

    assert.deepEqual(server.asked, [3, 4, 5])
    assert.deepEqual(countsOf(run), golden.counts)
    assert.deepEqual(await inventoryOf(db.connection()), golden.inventory)
  })

  test('a plugin that repeats the page before its checkpoint lists nothing twice', async ({ assert }) => {
    const golden = await undisturbed()
    const traits = { repeatsAPage: true }

    const runId = await stoppedAtPage(4, traits)
    const run = await takenUp(runId, traits)

    assert.deepEqual(server.asked, [3, 4, 5])
    assert.deepEqual(countsOf(run), golden.counts)
    assert.deepEqual(await inventoryOf(db.connection()), golden.inventory)
  })

  test('78: what it lists again with other words is listed twice: the first counts, the reading is partial', async ({
    assert,
  }) => {
    const runId = await stoppedAtPage(4)
    server.devices = DEVICES.map((device) => (device.id === '41' ? { ...device, id: '7', hostname: 'other' } : device))
    const run = await takenUp(runId)

    const rejects = await db.from('run_rejects').where('run_id', runId)
    assert.deepEqual(
      rejects.map((reject) => [reject.native_id, reject.code]),
      [['7', 'E_DUPLICATE_NATIVE_ID']]
    )
    assert.equal(run.status, 'completed')
    assert.match(run.errors[0]!, /could not be used/)
    assert.isNull(await db.from('assets').where('hostname', 'other').first())
  })

  test('67: begins anew when the plugin cannot go on, and nobody seen before counts as seen', async ({ assert }) => {
    const traits = { isResumable: false }
    await new PagedWorld({ alpha: server.url }, traits).sync('alpha')
    server.asked.length = 0

    const runId = await stoppedAtPage(4, traits)
    server.devices = DEVICES.slice(5)
    const run = await takenUp(runId, traits)

    assert.deepEqual(server.asked, [1, 2, 3, 4, 5])
    assert.equal((await rowOf(runId)).attempt, 2)
    assert.equal(run.missing, 5)
    assert.equal(run.devicesFound, 42)
    const missed = await db.from('source_records').where('missed_runs', 1).orderBy('id').select('native_id')
    assert.deepEqual(
      missed.map((record) => record.native_id),
      ['1', '2', '3', '4', '5']
    )
  })

  test('67: what a given up attempt staged is discarded', async ({ assert }) => {
    const traits = { isResumable: false }
    const runId = await stoppedAtPage(4, traits)
    server.devices = DEVICES.slice(5)
    await takenUp(runId, traits)

    assert.lengthOf(await db.from('assets'), 42)
    assert.lengthOf((await inventoryOf(db.connection())).staged!, 0)
  })

  test('begins anew when the plugin was updated: {$self}')
    .with(['checkpointVersion', 'mappingVersion'])
    .run(async ({ assert }, version) => {
      const runId = await stoppedAtPage(4)
      const run = await takenUp(runId, { [version]: 2 })

      assert.equal(server.asked[0], 1)
      assert.equal(run.created, 47)
      assert.equal((await rowOf(runId)).attempt, 2)
    })

  test('begins anew when the source has another address', async ({ assert }) => {
    const runId = await stoppedAtPage(4)
    const other = await PagedServer.start(manyDevices(12))
    const world = new PagedWorld({ alpha: other.url })
    await world.work(runId)
    await other.stop()

    assert.equal((await world.find(runId)).created, 12)
    assert.lengthOf(server.asked, 0)
  })

  test('begins anew after six hours', async ({ assert }) => {
    const runId = await stoppedAtPage(4)
    const longAgo = new Date(Date.now() - 6 * 3_600_000).toISOString()
    await db.from('sync_runs').where('id', runId).update({ reading_since: longAgo })

    await takenUp(runId)

    assert.equal(server.asked[0], 1)
  })

  test('56: a page that fails for good fails the run, and the next one reads from the start', async ({ assert }) => {
    server.instead = ({ page }, _request, response) => {
      if (page === 3) {
        response.writeHead(404).end()
      }
      return page === 3
    }
    const world = new PagedWorld({ alpha: server.url })
    const failed = await world.sync('alpha')
    server.instead = () => false

    assert.equal(failed.status, 'failed')
    assert.lengthOf(await db.from('assets'), 0)
    assert.lengthOf((await inventoryOf(db.connection())).staged!, 0)
    assert.equal((await world.sync('alpha')).created, 47)
  })

  test('is given up when three workers died without getting on', async ({ assert }) => {
    const runId = await stoppedAtPage(1)
    for (let death = 0; death < 3; death++) {
      await db.from('sync_runs').where('id', runId).update({ lease_owner: 'a worker that died' })
      await letLeasesExpire()
      const world = new PagedWorld({ alpha: server.url })
      const stop = new AbortController()
      server.instead = () => {
        stop.abort()
        return false
      }
      await world.work(runId, stop.signal)
    }
    server.instead = () => false

    const run = await takenUp(runId)

    assert.equal(run.status, 'failed')
    assert.match(run.errors[0]!, /its worker died 3 times/)
  })
})
