import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { SyncSchedule } from '#services/sync/sync_schedule'
import { emptyDatabase } from '#tests/helpers/database'
import { manyDevices, PagedServer, sendJson } from './paged_server.js'
import { PagedWorld } from './paged_world.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let servers: PagedServer[]
let world: PagedWorld
let schedule: SyncSchedule

/** Moves the whole history into the past: as much time goes by. */
async function letTimePass(ms: number) {
  for (const row of await db.from('sync_runs').select('id', 'queued_at', 'completed_at')) {
    const back = (time: unknown) => time && new Date(new Date(time as string).getTime() - ms).toISOString()
    await db
      .from('sync_runs')
      .where('id', row.id)
      .update({ queued_at: back(row.queued_at), completed_at: back(row.completed_at) })
  }
}

/** One look of the schedule, after which a worker does what is queued. Answers the sources that were read. */
async function look(): Promise<string[]> {
  const last = await db.from('sync_runs').max('id as id').firstOrFail()
  await schedule.queueWhenDue()
  while (await world.work()) {
    // until nothing is left
  }
  const rows = await db
    .from('sync_runs')
    .where('id', '>', last.id ?? 0)
    .whereNotNull('source_id')
    .orderBy('id')
  return rows.map((row) => row.source)
}

test.group('The schedule', (group) => {
  group.each.setup(async () => {
    servers = await Promise.all([PagedServer.start(manyDevices(3)), PagedServer.start([])])
    world = new PagedWorld({ alpha: servers[0]!.url, beta: servers[1]!.url })
    schedule = new SyncSchedule(world.trigger, world.sources)
    await PagedWorld.prepare()
    return async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await emptyDatabase()
    }
  })

  /** Lets the source beta answer with a status; 0 is well again. */
  function betaAnswers(status: number) {
    servers[1]!.instead = (_asked, _request, response) => {
      if (status !== 0) {
        sendJson(response, {}, status)
      }
      return status !== 0
    }
  }

  test('reads all sources every six hours, and nothing in between', async ({ assert }) => {
    assert.deepEqual(await look(), ['alpha', 'beta'])
    await letTimePass(6 * HOUR_MS - MINUTE_MS)
    assert.deepEqual(await look(), [])
    await letTimePass(MINUTE_MS)
    assert.deepEqual(await look(), ['alpha', 'beta'])
  })

  test('F22: makes up for any number of missed slots once', async ({ assert }) => {
    await look()
    await letTimePass(30 * HOUR_MS)

    assert.deepEqual(await look(), ['alpha', 'beta'])
    assert.deepEqual(await look(), [])
  })

  test('F21: a clock that jumps a year ahead or a day back starts one run, not a storm', async ({ assert }) => {
    await look()
    await letTimePass(365 * 24 * HOUR_MS)
    assert.lengthOf(await look(), 2)
    assert.lengthOf(await look(), 0)

    await letTimePass(-24 * HOUR_MS)
    assert.lengthOf(await look(), 2)
    assert.lengthOf(await look(), 0)
  })

  test('asks a source that fails again after 1, 5, 30 minutes and 3 hours, and the others in their slots', async ({
    assert,
  }) => {
    betaAnswers(404)
    assert.deepEqual(await look(), ['alpha', 'beta'])
    for (const minutes of [1, 5, 30, 180]) {
      await letTimePass((minutes - 0.5) * MINUTE_MS)
      assert.deepEqual(await look(), [], `before ${minutes} minutes`)
      await letTimePass(MINUTE_MS / 2)
      assert.deepEqual(await look(), ['beta'], `after ${minutes} minutes`)
    }
    await letTimePass(2.5 * HOUR_MS)
    assert.deepEqual(await look(), ['alpha'], 'the slot comes before the back-off of beta is over')
    betaAnswers(0)
    await letTimePass(HOUR_MS)
    assert.deepEqual(await look(), ['beta'])
    await letTimePass(5 * HOUR_MS)
    assert.deepEqual(await look(), ['alpha', 'beta'])
  })

  test('a run that a person starts begins at once, also of a source that keeps failing', async ({ assert }) => {
    betaAnswers(404)
    await look()

    assert.equal((await world.sync('beta')).status, 'failed')
    betaAnswers(0)
    assert.equal((await world.sync('beta')).status, 'completed')
  })

  test('69: leaves a source alone that refused two logins, until a person made one work', async ({ assert }) => {
    betaAnswers(401)
    assert.deepEqual(await look(), ['alpha', 'beta'])
    await letTimePass(MINUTE_MS)
    assert.deepEqual(await look(), ['beta'])
    await letTimePass(48 * HOUR_MS)
    assert.deepEqual(await look(), ['alpha'])

    betaAnswers(0)
    await letTimePass(6 * HOUR_MS)
    assert.deepEqual(await look(), ['alpha'], 'also when it would work by now')
    await world.sync('beta')
    await letTimePass(6 * HOUR_MS)
    assert.deepEqual(await look(), ['alpha', 'beta'])
  })

  test('goes on with the other sources while one has asked for a long pause', async ({ assert }) => {
    servers[1]!.instead = (_asked, _request, response) => {
      sendJson(response, {}, 429, { 'retry-after': '36000' })
      return true
    }
    assert.deepEqual(await look(), ['alpha', 'beta'])
    await letTimePass(6 * HOUR_MS)
    assert.deepEqual(await look(), ['alpha'])
  })

  test('F15: two schedules that look at once queue each slot once', async ({ assert }) => {
    const other = new SyncSchedule(world.trigger, world.sources)
    for (let slot = 0; slot < 20; slot++) {
      const queued = await Promise.all([schedule.queueWhenDue(), other.queueWhenDue(), schedule.queueWhenDue()])
      assert.lengthOf(queued.flat(), 1)
      await db.from('sync_runs').update({ status: 'completed', completed_at: new Date().toISOString() })
      await letTimePass(6 * HOUR_MS)
    }
    assert.lengthOf(await db.from('sync_runs').where('source', 'all'), 20)
  })
})
