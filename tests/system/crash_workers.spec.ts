import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { startNetdisco } from '../../plugins/netdisco/simulator/main.js'
import { CrashLab, ended, until, type Engine } from '../functional/durability/crash_lab.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'

const SETTINGS = ['NODE_ENV=test', 'SECRET_KEY=only-for-tests-only-for-tests-0001', 'LOG_LEVEL=fatal']

for (const engine of ['SQLite', 'PostgreSQL'] as const satisfies Engine[]) {
  test.group(`Processes with workers, on ${engine}`, (group) => {
    let lab: CrashLab
    let servers: PagedServer[]
    let home: string

    group.setup(async () => {
      lab = await CrashLab.start(engine)
      home = mkdtempSync(join(tmpdir(), 'laim-home-'))
      return async () => {
        rmSync(home, { recursive: true })
        await lab.stop()
      }
    })
    group.each.setup(async () => {
      servers = []
      await lab.fresh()
      return async () => {
        await lab.settle()
        await Promise.all(servers.map((server) => server.stop()))
      }
    })

    async function serve(devices: ReturnType<typeof manyDevices>, pageLength?: number) {
      const server = await PagedServer.start(devices, pageLength)
      servers.push(server)
      return server
    }

    /** `node ace sync:work` with settings of its own. */
    function syncWork(...settings: string[]) {
      writeFileSync(join(home, '.env.test'), [...SETTINGS, ...settings].join('\n'))
      const child = spawn(process.execPath, ['ace.js', 'sync:work'], {
        cwd: app.makePath(),
        env: { ...process.env, NODE_ENV: 'test', ENV_PATH: home, DATABASE_URL: lab.url },
        stdio: 'ignore',
      })
      lab.adopt(child)
      return child
    }

    function rowOf(runId: number) {
      return lab.client.from('sync_runs').where('id', runId).firstOrFail()
    }

    test('F28: SIGTERM while reading ends it with 0 within ten seconds, and its run is given back', async ({
      assert,
      cleanup,
    }) => {
      const netdisco = await startNetdisco()
      cleanup(() => netdisco.stop())
      const { baseUrl, username, password } = netdisco.config
      const settings = [
        'SYNC_ENABLED=false',
        `NETDISCO_API_URL=${baseUrl}`,
        `NETDISCO_USERNAME=${username}`,
        `NETDISCO_PASSWORD=${password}`,
      ]
      const runId = await lab.queue('netdisco')
      const first = syncWork(...settings, 'SYNC_RATE_LIMIT=1')
      await until(async () => (await rowOf(runId)).reading_since !== null)
      await sleep(500)
      const toldAt = performance.now()
      first.kill('SIGTERM')
      const exit = await ended(first)
      const row = await rowOf(runId)

      assert.deepEqual(exit, { code: 0, signal: null })
      assert.isBelow(performance.now() - toldAt, 10_000)
      assert.equal(row.status, 'running')
      assert.isNull(row.lease_owner)

      const second = syncWork(...settings, 'SYNC_RATE_LIMIT=1000')
      await until(async () => (await rowOf(runId)).status !== 'running')
      assert.containsSubset(await rowOf(runId), { status: 'completed', deaths: 0 })
      const idleAt = performance.now()
      second.kill('SIGTERM')
      assert.deepEqual(await ended(second), { code: 0, signal: null })
      assert.isBelow(performance.now() - idleAt, 5000, 'F26: an idle one ends at once')
    })

    test('F28: SIGTERM while reconciling lets the batch end, and the next one writes the rest', async ({ assert }) => {
      const server = await serve(manyDevices(4000), 500)
      const runId = await lab.queue('alpha')
      const first = lab.spawn({ alpha: server.url }, ['work'])
      await until(async () => (await rowOf(runId)).created > 0, 1)
      const toldAt = performance.now()
      first.kill('SIGTERM')
      const exit = await ended(first)
      const row = await rowOf(runId)
      const [{ written }] = await lab.client.from('assets').count('* as written')
      const asked = server.asked.length

      assert.deepEqual(exit, { code: 0, signal: null })
      assert.isBelow(performance.now() - toldAt, 10_000)
      assert.equal(row.status, 'running')
      assert.isBelow(row.created, 4000)
      assert.equal(Number(written), row.created, 'what is counted is what is written')
      assert.isNull((await lab.client.from('leases').firstOrFail()).owner)

      await ended(lab.spawn({ alpha: server.url }, ['run', String(runId)]))
      assert.containsSubset(await rowOf(runId), { status: 'completed', created: 4000, attempt: 1 })
      assert.lengthOf(server.asked, asked)
      assert.lengthOf(await lab.client.from('change_sets'), 1)
    })

    test('F15, F18: two of them share the queue, people write beside them, and nobody is turned away', async ({
      assert,
    }) => {
      const names = ['alpha', 'beta', 'gamma', 'delta']
      const devices = (name: string) => manyDevices(1500).map(({ id }) => ({ id, hostname: `${name}-${id}` }))
      await Promise.all(names.map((name) => serve(devices(name), 500)))
      const addresses = Object.fromEntries(names.map((name, index) => [name, servers[index]!.url]))
      const runs: number[] = []
      for (const name of names) {
        runs.push(await lab.queue(name))
      }

      const workers = [1, 2].map(() => lab.spawn(addresses, ['work']))
      const waits = await writeUntil(async () => {
        const open = await lab.client.from('sync_runs').whereIn('status', ['queued', 'running'])
        return open.length === 0
      })
      workers.forEach((worker) => worker.kill('SIGTERM'))
      const exits = await Promise.all(workers.map(ended))

      const rows = await lab.client.from('sync_runs').orderBy('id')
      assert.deepEqual(
        rows.map(({ status, created, fence }) => ({ status, created, fence })),
        names.map(() => ({ status: 'completed', created: 1500, fence: 1 }))
      )
      assert.deepEqual(
        servers.map((server) => server.asked),
        names.map(() => [1, 2, 3])
      )
      assert.isTrue(exits.every((exit) => exit.code === 0))
      console.log(`    ${waits.length} writes beside two workers on ${engine}: ${describe(waits)}`)
    })

    /** Writes as the server does, now and then, and answers how long each write waited. */
    async function writeUntil(isOver: () => Promise<boolean>): Promise<number[]> {
      const { transactionInTurn } = await import('#services/sync/store/write_clock')
      const waits: number[] = []
      while (!(await isOver())) {
        const startedAt = performance.now()
        await transactionInTurn(lab.client, (trx) => trx.from('asset_types').where('id', 1).update({ position: 1 }))
        waits.push(performance.now() - startedAt)
        await sleep(30)
      }
      return waits
    }

    test('F15: two schedules that look all the time queue each of 100 slots once', async ({ assert }) => {
      const server = await serve([])
      const schedules = [1, 2].map(() => lab.spawn({ alpha: server.url }, ['schedule']))
      for (let slot = 1; slot <= 100; slot++) {
        await until(async () => (await lab.client.from('sync_runs').where('source', 'all')).length >= slot, 5)
        const past = new Date(Date.now() - 7 * 3_600_000).toISOString()
        await lab.client
          .from('sync_runs')
          .where('status', 'queued')
          .update({ status: 'completed', queued_at: past, completed_at: past })
      }
      schedules.forEach((schedule) => schedule.kill('SIGTERM'))
      await Promise.all(schedules.map(ended))

      const all = await lab.client.from('sync_runs').where('source', 'all')
      assert.isAtMost(all.length, 101, 'the last one may have been queued while they were told to stop')
      assert.equal(new Set(all.map((run) => run.slot)).size, all.length)
    })

    test('F18: two processes that write 10 000 times each wait for one another, and neither is refused', async ({
      assert,
    }) => {
      const writers = [1, 2].map(() => lab.spawn({}, ['write', '10000']))
      const exits = await Promise.all(writers.map(ended))

      assert.deepEqual(
        exits.map(({ code }) => code),
        [0, 0]
      )
      const [{ written }] = await lab.client.from('rooms').count('* as written')
      assert.equal(Number(written), 20_000)
      const { tick } = await lab.client.from('write_clock').firstOrFail()
      assert.isAtLeast(Number(tick), 20_000, 'nothing overtook the clock')
    })

    test('F22: one that is suspended over several slots makes up for them with one run', async ({ assert }) => {
      const server = await serve([])
      const schedule = lab.spawn({ alpha: server.url }, ['schedule'])
      const runs = () => lab.client.from('sync_runs').where('source', 'all').orderBy('id')
      await until(async () => (await runs()).length === 1)
      schedule.kill('SIGSTOP')
      const past = new Date(Date.now() - 31 * 3_600_000).toISOString()
      await lab.client.from('sync_runs').update({ status: 'completed', queued_at: past, completed_at: past })
      schedule.kill('SIGCONT')
      await until(async () => (await runs()).length === 2)
      await lab.client.from('sync_runs').where('status', 'queued').update({ status: 'completed' })
      schedule.kill('SIGTERM')
      const { code } = await ended(schedule)

      assert.equal(code, 0)
      assert.lengthOf(await runs(), 2)
    })

    if (engine === 'SQLite') {
      return
    }
    test('F15: two workers beside two schedules execute each of 100 slots once', async ({ assert }) => {
      const server = await serve([])
      const processes = ['work', 'work', 'schedule', 'schedule'].map((task) => lab.spawn({ alpha: server.url }, [task]))
      const done = () => lab.client.from('sync_runs').where('source', 'all').where('status', 'completed')
      for (let slot = 1; slot <= 100; slot++) {
        await until(async () => (await done()).length >= slot, 5)
        const past = new Date(Date.now() - 7 * 3_600_000).toISOString()
        await lab.client.from('sync_runs').where('status', 'completed').update({ queued_at: past, completed_at: past })
      }
      processes.forEach((child) => child.kill('SIGTERM'))
      await Promise.all(processes.map(ended))

      const runs = await done()
      assert.isAtLeast(runs.length, 100)
      assert.equal(new Set(runs.map((run) => run.slot)).size, runs.length)
      assert.isTrue(runs.every(({ fence, deaths }) => fence === 1 && deaths === 0))
      const readings = await lab.client.from('sync_runs').where('source', 'alpha')
      assert.isAtMost(server.asked.length, readings.length, 'no run was read twice')
    }).timeout(300_000)

    test('63, F16: one that is stopped for a minute loses its run to the next one, and writes nothing', async ({
      assert,
    }) => {
      const server = await serve(manyDevices(47))
      const runId = await lab.queue('alpha')
      const sleeper = lab.spawn({ alpha: server.url }, ['run', String(runId)], { faultPoint: 'page-stored:3:SIGSTOP' })
      await until(async () => (await rowOf(runId)).progress_done === 30)
      const stoppedAt = performance.now()
      const next = lab.spawn({ alpha: server.url }, ['work'])
      await until(async () => (await rowOf(runId)).status === 'completed', 200)
      const waitedMs = performance.now() - stoppedAt
      const golden = await lab.outcome(runId)
      sleeper.kill('SIGCONT')
      await ended(sleeper)
      next.kill('SIGTERM')
      await ended(next)

      assert.isAtLeast(waitedMs, 55_000)
      assert.equal(golden.created, 47)
      assert.deepEqual(server.asked, [1, 2, 3, 4, 5])
      assert.deepEqual(await lab.outcome(runId), golden)
    })
  })
}

function describe(waits: number[]): string {
  const sorted = [...waits].sort((a, b) => a - b)
  const at = (share: number) => `${Math.round(sorted[Math.floor((sorted.length - 1) * share)]!)} ms`
  return `median ${at(0.5)}, 95 % within ${at(0.95)}, longest ${at(1)}`
}
