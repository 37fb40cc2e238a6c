import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { tickClock } from '#services/sync/store/write_clock'
import { CrashLab, until } from '../functional/durability/crash_lab.js'
import { RunningProcess, RunningServer, type Answer } from './running_server.js'

const WITHOUT_LOW_PORTS = ['--bounding-set=-net_bind_service', '--inh-caps=-net_bind_service']

const HAS_LOW_PORTS =
  process.getuid?.() === 0 &&
  spawnSync('setpriv', [...WITHOUT_LOW_PORTS, 'true']).status === 0 &&
  Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) > 80

const ITEM = { hostname: 'sw-1', item_type: 'Switch' }

test.group('A web server', (group) => {
  let lab: CrashLab
  let server: RunningServer

  group.setup(async () => {
    lab = await CrashLab.start('SQLite')
    await lab.fresh()
    await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
    await lab.keep()
    return () => lab.stop()
  })
  group.each.setup(async () => {
    await lab.fresh()
    server = await RunningServer.start(lab.url)
    return async () => {
      await server.kill()
      await lab.settle()
    }
  })

  /** A request that waits, because somebody writes and does not stop. `release` lets it go on. */
  async function slowRequest() {
    await server.signIn()
    const writer = await lab.client.transaction()
    await tickClock(writer)
    const answered = server.post('/api/items', ITEM).catch((error: Error) => error)
    await until(async () => (await server.metric('nodejs_active_handles_total')) > 0)
    await sleep(300)
    return { answered, release: () => writer.rollback() }
  }

  test('writes a line of each request, with the id that it answered', async ({ assert }) => {
    const { headers } = await server.get('/api/items')
    const id = headers.get('x-request-id')!
    await until(() => server.output.includes(id))

    const line = server.output.split('\n').find((text) => text.includes(id))!
    assert.containsSubset(JSON.parse(line), { request_id: id, method: 'GET', path: '/api/items', status: 401 })
  })

  test('F26: that is idle ends at once when it is told to, and leaves one file', async ({ assert }) => {
    await server.signIn()
    await lab.settle()
    const toldAt = performance.now()

    assert.deepEqual(await server.kill('SIGTERM'), { code: 0, signal: null })

    assert.isBelow(performance.now() - toldAt, 2000)
    assert.isFalse(existsSync(`${lab.url.slice('sqlite:'.length)}-wal`), 'the log is part of the file again')
  })

  test('F27: answers what is under way and takes nothing new when it is told to end', async ({ assert }) => {
    const { answered, release } = await slowRequest()
    const toldAt = performance.now()
    server.child.kill('SIGTERM')
    await until(() =>
      server.get('/health/live').then(
        ({ status }) => status === 503,
        () => true
      )
    )
    await release()

    assert.equal(((await answered) as Answer).status, 201)
    assert.deepEqual(await server.ended(), { code: 0, signal: null })
    assert.isBelow(performance.now() - toldAt, 10_000)
  })

  test('F27: ends without an answer that does not come in time, and says so', async ({ assert }) => {
    const { answered, release } = await slowRequest()
    const toldAt = performance.now()
    const exit = await server.kill('SIGTERM')
    const tookMs = performance.now() - toldAt
    await release()

    assert.deepEqual(exit, { code: 1, signal: null })
    assert.isBelow(tookMs, 11_000)
    assert.match(server.output, /laim: not all was done within 9 seconds/)
    assert.instanceOf(await answered, Error)
  })

  test('F29: ends at once when it is interrupted a second time', async ({ assert }) => {
    const { release } = await slowRequest()
    server.child.kill('SIGINT')
    await sleep(800)
    assert.isNull(server.child.exitCode)
    const toldAt = performance.now()
    const exit = await server.kill('SIGINT')
    await release()

    assert.deepEqual(exit, { code: 1, signal: null })
    assert.isBelow(performance.now() - toldAt, 3000)
    assert.match(server.output, /laim: interrupted again/)
  })

  test('F29: ends in order when its terminal goes away', async ({ assert }) => {
    const { answered, release } = await slowRequest()
    server.child.kill('SIGHUP')
    await sleep(300)
    await release()

    assert.equal(((await answered) as Answer).status, 201)
    assert.deepEqual(await server.ended(), { code: 0, signal: null })
  })

  test('F29: serves on when nobody reads what it prints any more', async ({ assert }) => {
    server.child.stdout!.destroy()
    server.child.stderr!.destroy()
    for (let request = 0; request < 50; request++) {
      assert.equal((await server.get('/api/items')).status, 401)
    }

    assert.isNull(server.child.exitCode)
    assert.deepEqual(await server.kill('SIGTERM'), { code: 0, signal: null })
  })

  test('F29: serves on and ends in order when there is no room for what it prints', async ({ assert, cleanup }) => {
    const stuck = await RunningServer.start(lab.url, {}, '/dev/full')
    cleanup(async () => void (await stuck.kill()))
    for (let request = 0; request < 50; request++) {
      assert.equal((await stuck.get('/api/items')).status, 401)
    }

    assert.deepEqual(await stuck.kill('SIGTERM'), { code: 0, signal: null })
  })

  test('F30: on a port that is taken ends with one line', async ({ assert }) => {
    const { port } = new URL(server.url)
    const second = new RunningProcess(['--import=@poppinss/ts-exec', 'bin/server.ts'], {
      DATABASE_URL: lab.url,
      APP_HOST: '127.0.0.1',
      APP_PORT: port,
    })
    const { code } = await second.ended()

    assert.equal(code, 1)
    assert.match(second.output, /^laim: APP_PORT \d+ is in use\. Example: [^\n]+\n$/)
  })

  test('F30: on a port that its user may not open ends with one line', ({ assert, cleanup }) => {
    const home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    cleanup(() => rmSync(home, { recursive: true }))
    const start = ['--import=@poppinss/ts-exec', 'bin/server.ts']
    const { status, stdout, stderr } = spawnSync('setpriv', [...WITHOUT_LOW_PORTS, process.execPath, ...start], {
      cwd: app.makePath(),
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        ENV_PATH: home,
        SECRET_KEY: 'only-for-tests-only-for-tests-0001',
        DATABASE_URL: lab.url,
        APP_HOST: '127.0.0.1',
        APP_PORT: '80',
      },
      encoding: 'utf8',
      timeout: 60_000,
    })

    assert.equal(status, 1, stdout)
    assert.match(stderr, /^laim: APP_PORT 80 may not be opened by this user\. Example: [^\n]+\n$/)
  }).skip(!HAS_LOW_PORTS, 'needs root, setpriv and ports that only root may open')

  test('F30: with a setting of proxies that means nothing ends with one line', async ({ assert }) => {
    const { code, output } = await RunningProcess.command(['migration:status'], {
      DATABASE_URL: lab.url,
      TRUST_PROXY: 'perhaps',
    })

    assert.equal(code, 1)
    assert.match(output, /^laim: TRUST_PROXY[^\n]+\n$/)
  })
})
