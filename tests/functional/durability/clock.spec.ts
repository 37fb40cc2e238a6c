import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { toIso } from '#database/columns'
import { ListRuns } from '#services/sync/list_runs'
import { asUser } from '#tests/helpers/as_user'
import { emptyDatabase } from '#tests/helpers/database'
import { manyDevices, PagedServer } from './paged_server.js'
import { PagedWorld } from './paged_world.js'

const HOUR_MS = 3_600_000

/** Moves the clock of this process, back by an hour without a word; answers how to set it right. */
function setClock(byMs = -HOUR_MS): () => void {
  const RealDate = Date
  class OtherDate extends RealDate {
    constructor(...given: [] | [string | number | Date]) {
      super(given.length === 0 ? RealDate.now() + byMs : given[0])
    }
    static override now() {
      return RealDate.now() + byMs
    }
  }
  globalThis.Date = OtherDate as DateConstructor
  return () => {
    globalThis.Date = RealDate
  }
}

test.group('A clock that is set back by an hour', (group) => {
  let server: PagedServer

  group.each.setup(async () => {
    server = await PagedServer.start(manyDevices(27))
    await PagedWorld.prepare()
    return async () => {
      await server.stop()
      await emptyDatabase()
    }
  })

  test('77: in a run, lets nobody take the run away from who lives', async ({ assert }) => {
    const world = new PagedWorld({ alpha: server.url })
    const runId = await world.queue('alpha')
    let setRight = () => {}
    let isTaken = true
    server.instead = async ({ page }) => {
      if (page === 2) {
        setRight = setClock()
      }
      if (page === 3) {
        isTaken = await new PagedWorld({ alpha: server.url }).work()
      }
      return false
    }

    await world.work(runId).finally(() => setRight())

    assert.isFalse(isTaken)
    assert.equal((await world.find(runId)).created, 27)
    assert.equal((await db.from('sync_runs').where('id', runId).firstOrFail()).fence, 1)
  })

  test('77: leaves the claims of a later run the newer ones', async ({ assert }) => {
    const world = new PagedWorld({ alpha: server.url })
    await world.sync('alpha')
    server.devices = manyDevices(27, { model: 'AX-10' })
    const setRight = setClock()
    await world.sync('alpha').finally(setRight)

    const runs = await db.from('sync_runs').orderBy('id')
    assert.isAtLeast(Date.parse(toIso(runs[1].reading_since)!), Date.parse(toIso(runs[0].reading_since)!))
    const observations = await db.from('observations')
    assert.isTrue(observations.every((row) => toIso(row.read_at)! >= toIso(runs[0].reading_since)!))
  })
})

test.group('A clock that jumps', (group) => {
  let server: PagedServer

  group.each.setup(async () => {
    server = await PagedServer.start(manyDevices(7))
    await PagedWorld.prepare()
    return async () => {
      await server.stop()
      await emptyDatabase()
    }
  })

  test('F21: lists runs and changes in the order in which they were made', async ({ assert }) => {
    const world = new PagedWorld({ alpha: server.url })
    const runs: number[] = []
    for (const [index, jump] of [0, 365 * 24 * HOUR_MS, -24 * HOUR_MS, HOUR_MS].entries()) {
      server.devices = manyDevices(7, { firmware: `17.${index}` })
      const setRight = setClock(jump)
      const run = await world.sync('alpha').finally(setRight)
      assert.deepEqual([run.status, run.errors], ['completed', []])
      runs.unshift(run.id)
    }

    const listed = await new ListRuns().handle({ limit: 10 })
    const changeSets = await db.from('change_sets').orderBy('id', 'desc')
    assert.deepEqual(
      listed.map((run) => run.id),
      runs
    )
    assert.deepEqual(
      changeSets.map((set) => set.run_id),
      runs
    )
    assert.isTrue((await db.from('assets')).every((asset) => asset.firmware_version === '17.3'))
  })

  test('F21: ends what has an end by the clock as it is, and nothing before', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const status = async (jump: number) => {
      const setRight = setClock(jump)
      const response = await client.get('/api/me').bearerToken(token)
      setRight()
      return response.status()
    }

    assert.equal(await status(-24 * HOUR_MS), 200)
    assert.equal(await status(0.9 * HOUR_MS), 200)
    assert.equal(await status(365 * 24 * HOUR_MS), 401)
    assert.equal(await status(0), 200)
  })
})
