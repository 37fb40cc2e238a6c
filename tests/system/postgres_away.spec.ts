import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { fromJson } from '#database/columns'
import { CrashLab, ended, until } from '../functional/durability/crash_lab.js'
import { inventoryOf } from '../functional/durability/inventory_of.js'
import { manyDevices, PagedServer } from '../functional/durability/paged_server.js'
import { RunningProcess, RunningServer } from './running_server.js'
import { TcpProxy } from './tcp_proxy.js'

const DEVICES = manyDevices(3000)

/** What an answer may take while it is away, and what finding it again may take. */
const LIMIT_MS = 5_000

test.group('A PostgreSQL that goes away', (group) => {
  let lab: CrashLab
  let source: PagedServer
  let golden: Record<string, unknown[]>

  group.setup(async () => {
    lab = await CrashLab.start('PostgreSQL')
    source = await PagedServer.start(DEVICES, 500)
    await lab.fresh()
    await ended(lab.spawn({ alpha: source.url }, ['run', String(await lab.queue('alpha'))]))
    golden = await inventoryOf(lab.client)
    await lab.settle()
    return async () => {
      await source.stop()
      await lab.stop()
    }
  })
  group.each.setup(async () => {
    await lab.fresh()
    source.instead = () => false
    return () => lab.settle()
  })

  /** The row of a run, from a server that may just be starting. */
  async function rowOf(runId: number) {
    return lab.client
      .from('sync_runs')
      .where('id', runId)
      .first()
      .catch(() => null)
  }

  test('F7: and comes back ({$self}) fails the run, and the same worker does the next one')
    .with(['immediate while it reads', 'fast while it reconciles'])
    .run(async ({ assert }, when) => {
      const runId = await lab.queue('alpha')
      const worker = lab.spawn({ alpha: source.url }, ['work'])
      if (when === 'immediate while it reads') {
        const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>()
        const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>()
        source.instead = async ({ page }) => {
          if (page === 3) {
            asked()
            await mayAnswer
          }
          return false
        }
        await isAsked
        await lab.restartServer('immediate')
        answer()
      } else {
        await until(async () => (await rowOf(runId))?.created > 0, 2)
        await lab.restartServer('fast')
      }
      source.instead = () => false
      const backAt = performance.now()
      await until(async () => (await rowOf(runId))?.status === 'failed')

      assert.isBelow(performance.now() - backAt, LIMIT_MS, 'the worker found it again in time')
      assert.match(fromJson<string[]>((await rowOf(runId)).errors)[0]!, /connection to the database was lost/)
      const next = await lab.queue('alpha')
      await until(async () => (await rowOf(next))?.status === 'completed')
      assert.deepEqual(await inventoryOf(lab.client), golden)
      worker.kill('SIGTERM')
      assert.deepEqual(await ended(worker), { code: 0, signal: null })
    })

  test('F8: and is silent when a start waits for it is given up within 30 seconds', async ({ assert, cleanup }) => {
    const proxy = await TcpProxy.start(Number(new URL(lab.url).port))
    cleanup(() => proxy.stop())
    proxy.isSilent = true
    const startedAt = performance.now()
    const { code, output } = await RunningProcess.command(['setup', '--wait=25'], {
      DATABASE_URL: `postgres://laim:hush@127.0.0.1:${proxy.port}/laim`,
    })

    assert.equal(code, 1)
    assert.isBelow(performance.now() - startedAt, 30_000)
    assert.match(output, new RegExp(`^laim: the database 127.0.0.1:${proxy.port} does not answer: [^\\n]+\\n$`))
  })

  test('F8: and answers in time is waited for', async ({ assert, cleanup }) => {
    const proxy = await TcpProxy.start(Number(new URL(lab.url).port))
    cleanup(() => proxy.stop())
    proxy.isSilent = true
    const proxied = new URL(lab.url)
    proxied.port = String(proxy.port)
    const waiting = RunningProcess.command(['setup', '--wait=25'], { DATABASE_URL: proxied.href })
    await sleep(8_000)
    proxy.isSilent = false

    const { code, output } = await waiting
    assert.equal(code, 0, output)
  })

  test('F9: while people are served is told in time, and they are served again when it is back', async ({
    assert,
    cleanup,
  }) => {
    await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
    const proxy = await TcpProxy.start(Number(new URL(lab.url).port))
    const proxied = new URL(lab.url)
    proxied.port = String(proxy.port)
    const server = await RunningServer.start(proxied.href)
    cleanup(async () => {
      await server.kill()
      proxy.stop()
    })
    await server.signIn()
    assert.equal((await server.get('/api/items')).status, 200)

    proxy.isSilent = true
    for (const path of ['/api/items', '/api/items?search=x', '/api/stats', '/health']) {
      const answer = await server.get(path)
      assert.equal(answer.status, 503, path)
      assert.isBelow(answer.tookMs, LIMIT_MS, path)
      const body = JSON.parse(answer.text)
      assert.equal(
        path === '/health' ? body.database : body.code,
        path === '/health' ? 'down' : 'E_DATABASE_UNAVAILABLE'
      )
    }
    assert.equal((await server.get('/health/live')).status, 200)

    proxy.isSilent = false
    await until(async () => (await server.get('/api/items')).status === 200)
    assert.equal((await server.get('/health')).status, 200)
    assert.isNull(server.child.exitCode)
  })
})
