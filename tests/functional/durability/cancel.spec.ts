import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { RunEnded, RunNotFound } from '#core/reconcile/errors'
import { CancelRun } from '#services/sync/cancel_run'
import { emptyDatabase } from '#tests/helpers/database'
import { manyDevices, PagedServer } from './paged_server.js'
import { PagedWorld } from './paged_world.js'

const PERSON = { userId: null, name: 'mara' }

let server: PagedServer
let world: PagedWorld

/** Counts what a cancelled run may not leave behind. */
async function leftBehind() {
  const [staged, leases] = await Promise.all([db.from('observations'), db.from('leases').whereNotNull('owner')])
  return staged.length + leases.length
}

test.group('Cancelling a run', (group) => {
  group.each.setup(async () => {
    server = await PagedServer.start(manyDevices(47))
    world = new PagedWorld({ alpha: server.url, beta: `${server.url}/other` })
    await PagedWorld.prepare()
    return async () => {
      await server.stop()
      await emptyDatabase()
    }
  })

  test('that is queued ends it at once, and no worker takes it', async ({ assert }) => {
    const runId = await world.queue('alpha')

    await new CancelRun().handle(runId, PERSON)

    const run = await world.find(runId)
    assert.equal(run.status, 'cancelled')
    assert.deepEqual(run.errors, ['Cancelled by mara'])
    assert.isNotNull(run.completedAt)
    assert.isFalse(await world.work())
  })

  test('that is being read stops it before the next page, and discards what it staged', async ({ assert }) => {
    const runId = await world.queue('alpha')
    server.instead = async ({ page }) => {
      if (page === 3) {
        await new CancelRun().handle(runId, PERSON)
      }
      return false
    }

    await world.work(runId)

    assert.equal((await world.find(runId)).status, 'cancelled')
    assert.deepEqual(server.asked, [1, 2, 3])
    assert.lengthOf(await db.from('assets'), 0)
    assert.equal(await leftBehind(), 0)
  })

  test('whose source does not answer stops it within a few seconds', async ({ assert }) => {
    const runId = await world.queue('alpha')
    server.instead = async ({ page }) => {
      if (page === 3) {
        await new CancelRun().handle(runId, PERSON)
      }
      return page === 3
    }
    const startedAt = performance.now()

    await world.work(runId)

    assert.isBelow(performance.now() - startedAt, 5000)
    assert.equal((await world.find(runId)).status, 'cancelled')
    assert.equal(await leftBehind(), 0)
  })

  test('that waits for approval ends it, and its plan cannot be applied any more', async ({ assert }) => {
    const runId = await world.queue('alpha', { mode: 'plan' })
    await world.work(runId)
    assert.equal((await world.find(runId)).status, 'awaiting_approval')

    await new CancelRun().handle(runId, PERSON)
    await world.sync('beta')

    assert.equal((await world.find(runId)).status, 'cancelled')
    const staged = await db.from('observations').where('run_id', runId)
    assert.lengthOf(staged, 0, 'the next worker clears up')
  })

  test('of all sources cancels its parts, and the source that is next is never asked', async ({ assert }) => {
    const runId = await world.queue('all')
    server.instead = async ({ page }) => {
      if (page === 3) {
        await new CancelRun().handle(runId, PERSON)
      }
      return false
    }

    await world.work(runId)

    const run = await world.find(runId)
    assert.equal(run.status, 'cancelled')
    assert.deepEqual(
      run.children.map((child) => child.status),
      ['cancelled', 'cancelled']
    )
    assert.deepEqual(server.asked, [1, 2, 3])
    assert.equal(await leftBehind(), 0)
  })

  test('of one source leaves the others of the same run alone', async ({ assert }) => {
    const runId = await world.queue('all')
    const [first] = (await world.find(runId)).children
    await new CancelRun().handle(first!.id, PERSON)

    await world.work(runId)

    const run = await world.find(runId)
    assert.deepEqual(
      run.children.map((child) => child.status),
      ['cancelled', 'completed']
    )
    assert.equal(run.status, 'completed')
  })

  test('lets the source be read again', async ({ assert }) => {
    const runId = await world.queue('alpha')
    await new CancelRun().handle(runId, PERSON)

    assert.equal((await world.sync('alpha')).created, 47)
  })

  test('that ended is refused, and so is one that never was', async ({ assert }) => {
    const run = await world.sync('alpha')

    await assert.rejects(() => new CancelRun().handle(run.id, PERSON), RunEnded)
    await assert.rejects(() => new CancelRun().handle(999_999, PERSON), RunNotFound)
    assert.equal((await world.find(run.id)).status, 'completed')
  })
})
