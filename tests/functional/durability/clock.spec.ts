import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { toIso } from '#database/columns'
import { emptyDatabase } from '#tests/helpers/database'
import { manyDevices, PagedServer } from './paged_server.js'
import { PagedWorld } from './paged_world.js'

const HOUR_MS = 3_600_000

/** Sets the clock of this process back by an hour; answers how to set it right. */
function setClockBack(): () => void {
  const RealDate = Date
  class EarlierDate extends RealDate {
    constructor(...given: [] | [string | number | Date]) {
      super(given.length === 0 ? RealDate.now() - HOUR_MS : given[0])
    }
    static override now() {
      return RealDate.now() - HOUR_MS
    }
  }
  globalThis.Date = EarlierDate as DateConstructor
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
        setRight = setClockBack()
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
    const setRight = setClockBack()
    await world.sync('alpha').finally(setRight)

    const runs = await db.from('sync_runs').orderBy('id')
    assert.isAtLeast(Date.parse(toIso(runs[1].reading_since)!), Date.parse(toIso(runs[0].reading_since)!))
    const observations = await db.from('observations')
    assert.isTrue(observations.every((row) => toIso(row.read_at)! >= toIso(runs[0].reading_since)!))
  })
})
