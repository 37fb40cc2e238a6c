import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { CrashLab, ended, until, type Engine } from '../functional/durability/crash_lab.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'
import { RunningProcess, RunningServer } from './running_server.js'

/** So many syncs until memory is looked at, until what lives in the heap is, and until both must be the same. */
const [WARM_UP, SETTLED, SYNCS] = [3, 40, 60]

const DEVICES = 5000

/** A heap that is soon full: what is left after so many collections is what is needed. */
const SMALL_HEAP = ['--max-old-space-size=160', '--max-semi-space-size=4']

/** Megabytes that a process holds, and how many files it has open. */
interface Footprint {
  readonly megabytes: number
  readonly open: number
}

function footprint(pid: number): Footprint {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return { megabytes: Number(kilobytes) / 1024, open: readdirSync(`/proc/${pid}/fd`).length }
}

/** Megabytes that live in the heap of a process: it collects its garbage for that, which changes its footprint. */
async function livingHeap(pid: number, folder: string): Promise<number> {
  const file = join(folder, String(pid))
  rmSync(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  await until(() => existsSync(file))
  return Number(readFileSync(file, 'utf8')) / 1024 / 1024
}

for (const engine of ['SQLite', 'PostgreSQL'] as const satisfies Engine[]) {
  test.group(`Sync after sync beside people, on ${engine}`, (group) => {
    let lab: CrashLab
    let source: PagedServer
    let server: RunningServer
    const folder = mkdtempSync(join(tmpdir(), 'laim-heaps-'))
    const tellHeap = `--import=${new URL('tell_heap.mjs', import.meta.url).href}?folder=${folder}`

    group.setup(async () => {
      lab = await CrashLab.start(engine)
      await lab.fresh()
      source = await PagedServer.start(manyDevices(DEVICES), 500)
      await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
      server = await RunningServer.start(lab.url, { NODE_OPTIONS: [...SMALL_HEAP, tellHeap].join(' ') })
      await server.signIn()
      return async () => {
        await server.kill()
        await lab.settle()
        await source.stop()
        await lab.stop()
        rmSync(folder, { recursive: true })
      }
    })

    test('F24: takes no more memory, files and connections from one to the next', async ({ assert }) => {
      const worker = lab.spawn({ alpha: source.url }, ['work'], { nodeOptions: [...SMALL_HEAP, tellHeap] })
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
      const footprints: Footprint[][] = []
      const heaps: number[][] = []
      for (let sync = 1; sync <= SYNCS; sync++) {
        source.devices = manyDevices(DEVICES, { firmware: `17.${sync}` })
        const runId = await lab.queue('alpha')
        await until(async () => {
          const { status } = await lab.client.from('sync_runs').where('id', runId).firstOrFail()
          return status === 'completed'
        })
        if (sync === WARM_UP || sync === SYNCS) {
          footprints.push(pids.map(footprint))
        }
        if (sync === SETTLED || sync === SYNCS) {
          heaps.push(await Promise.all(pids.map((pid) => livingHeap(pid, folder))))
        }
      }
      isOver = true
      await visiting
      worker.kill('SIGTERM')
      await ended(worker)

      for (const [index, name] of ['worker', 'server'].entries()) {
        const [before, after] = footprints.map((look) => look[index]!) as [Footprint, Footprint]
        const [living, stillLiving] = heaps.map((look) => look[index]!) as [number, number]
        console.log(
          `    ${engine}, ${name}: ${before.megabytes.toFixed()} MB and ${before.open} open after ${WARM_UP} syncs, ${after.megabytes.toFixed()} MB and ${after.open} after ${SYNCS};`,
          `${living.toFixed(1)} MB living after ${SETTLED}, ${stillLiving.toFixed(1)} after ${SYNCS}`
        )
        assert.isBelow(after.megabytes, before.megabytes * 1.1, name)
        assert.isBelow(stillLiving, living * 1.05, `what lives in the heap of the ${name}`)
        assert.isAtMost(after.open, before.open + 8, name)
      }
    })
  })
}
