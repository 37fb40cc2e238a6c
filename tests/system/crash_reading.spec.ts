import { test } from '@japa/runner'
import { CrashLab, ended, type Engine } from '../functional/durability/crash_lab.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'
import { letLeasesExpire } from '../functional/durability/paged_world.js'

const PAGES = 5
const DEVICES = manyDevices(PAGES * 10 - 3)

for (const engine of ['SQLite', 'PostgreSQL'] as const satisfies Engine[]) {
  test.group(`A worker that is killed while it reads, on ${engine}`, (group) => {
    let lab: CrashLab
    let server: PagedServer
    let golden: Record<string, unknown>
    let runId: number

    /** A process that takes the run; killed at the point. */
    function worker(faultPoint = '') {
      return lab.spawn({ alpha: server.url }, ['run', String(runId)], { faultPoint })
    }

    /** A worker that dies at the point, and after a minute the next one. */
    async function killedAt(faultPoint: string) {
      const { signal } = await ended(worker(faultPoint))
      server.asked.length = 0
      await letLeasesExpire(lab.client)
      return signal
    }

    group.setup(async () => {
      lab = await CrashLab.start(engine)
      server = await PagedServer.start(DEVICES)
      await lab.fresh()
      runId = await lab.queue('alpha')
      await ended(worker())
      golden = await lab.outcome(runId)
      await lab.settle()
      return async () => {
        await server.stop()
        await lab.stop()
      }
    })
    group.each.setup(async () => {
      await lab.fresh()
      runId = await lab.queue('alpha')
      server.asked.length = 0
      server.instead = () => false
      return () => lab.settle()
    })

    test('golden: reads everything when nobody kills it', ({ assert }) => {
      assert.equal(golden.status, 'completed')
      assert.equal(golden.created, DEVICES.length)
    })

    test('F1: before it asked the source anything, leaves nothing, and the next one does all', async ({ assert }) => {
      assert.equal(await killedAt('claimed'), 'SIGKILL')
      await ended(worker())

      assert.lengthOf(server.asked, PAGES)
      assert.deepEqual(await lab.outcome(runId), golden)
    })

    test('F2: in the middle of the download of page 3, has lost that page only', async ({ assert }) => {
      const { promise: isStalled, resolve: stalled } = Promise.withResolvers<void>()
      server.instead = ({ page, times }, _request, response) => {
        const isFirst = page === 3 && times === 1
        if (isFirst) {
          response.writeHead(200, { 'content-type': 'application/json' })
          response.write('{"devices": [')
          stalled()
        }
        return isFirst
      }
      const child = worker()
      await isStalled
      child.kill('SIGKILL')
      await ended(child)
      await letLeasesExpire(lab.client)
      await ended(worker())

      assert.deepEqual(server.asked, [1, 2, 3, 3, 4, 5])
      assert.deepEqual(await lab.outcome(runId), golden)
    })

    test('F3, 64: before page {$self} is committed, has kept the pages before it')
      .with([1, 3, 5])
      .run(async ({ assert }, page) => {
        assert.equal(await killedAt(`page:${page}`), 'SIGKILL')
        assert.lengthOf(await lab.client.from('observations'), (page - 1) * 10)
        await ended(worker())

        assert.deepEqual(await lab.outcome(runId), page === 1 ? { ...golden, attempt: 2 } : golden)
        assert.lengthOf(server.asked, PAGES - page + 1)
      })

    test('64: behind page {$self}, lets the next one ask for what is left')
      .with([1, 2, 3, 4, 5])
      .run(async ({ assert }, page) => {
        assert.equal(await killedAt(`page-stored:${page}`), 'SIGKILL')
        await ended(worker())

        assert.lengthOf(server.asked, PAGES - page)
        assert.deepEqual(await lab.outcome(runId), golden)
      })

    test('behind every page in turn, gets there all the same', async ({ assert }) => {
      for (let page = 1; page <= PAGES; page++) {
        await killedAt('page-stored')
      }
      await ended(worker())

      assert.deepEqual(await lab.outcome(runId), golden)
    })

    test('leaves its run to nobody before its lease is over', async ({ assert }) => {
      await ended(worker('page-stored:2'))
      await ended(worker())

      assert.equal((await lab.outcome(runId)).status, 'running')
      assert.deepEqual(server.asked, [1, 2])
    })
  })
}
