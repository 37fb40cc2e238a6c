import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { CrashLab, ended, until, type Engine } from '../functional/durability/crash_lab.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'
import { RunningProcess, RunningServer } from './running_server.js'

const WARM_UP = 10
const SYNCS = 60

/** A heap that is soon full: what is left after so many collections is what is needed. */
const SMALL_HEAP = ['--max-old-space-size=160', '--max-semi-space-size=4']

/** Megabytes that a process holds, and what it has open. */
function footprint(pid: number) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return { megabytes: Number(kilobytes) / 1024, open: readdirSync(`/proc/${pid}/fd`).length }
}

for (const engine of ['SQLite', 'PostgreSQL'] as const satisfies Engine[]) {
  test.group(`Sync after sync beside people, on ${engine}`, (group) => {
    let lab: CrashLab
    let source: PagedServer
    let server: RunningServer

    group.setup(async () => {
      lab = await CrashLab.start(engine)
      await lab.fresh()
      source = await PagedServer.start(manyDevices(200), 100)
      await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
      server = await RunningServer.start(lab.url, { NODE_OPTIONS: SMALL_HEAP.join(' ') })
      await server.signIn()
      return async () => {
        await server.kill()
        await lab.settle()
        await source.stop()
        await lab.stop()
      }
    })

    test('F24: takes no more memory, files and connections from one to the next', async ({ assert }) => {
      const worker = lab.spawn({ alpha: source.url }, ['work'], { nodeOptions: SMALL_HEAP })
      let isOver = false
      const visiting = (async () => {
        for (let visit = 0; !isOver; visit++) {
          const answers = await Promise.all([
            server.get(`/api/items?search=lab-0001${visit % 90}`),
            server.get('/health'),
          ])
          if (answers.some(({ status }) => status !== 200)) {
            throw new Error(`answered ${answers.map(({ status }) => status).join()}`)
          }
          await sleep(100)
        }
      })()
      const pids = [worker.pid!, server.child.pid!]
      let warm = pids.map(footprint)
      for (let sync = 1; sync <= SYNCS; sync++) {
        source.devices = manyDevices(200, { firmware: `17.${sync}` })
        const runId = await lab.queue('alpha')
        await until(async () => {
          const { status } = await lab.client.from('sync_runs').where('id', runId).firstOrFail()
          return status === 'completed'
        })
        if (sync === WARM_UP) {
          warm = pids.map(footprint)
        }
      }
      const last = pids.map(footprint)
      isOver = true
      await visiting
      worker.kill('SIGTERM')
      await ended(worker)

      for (const [index, name] of ['worker', 'server'].entries()) {
        const [before, after] = [warm[index]!, last[index]!]
        console.log(
          `    ${engine}, ${name}: ${before.megabytes.toFixed()} MB and ${before.open} open after ${WARM_UP} syncs, ${after.megabytes.toFixed()} MB and ${after.open} after ${SYNCS}`
        )
        assert.isBelow(after.megabytes, before.megabytes * 1.1, name)
        assert.isAtMost(after.open, before.open + 8, name)
      }
    })
  })
}
