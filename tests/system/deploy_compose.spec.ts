import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { eventually, runProcess } from '#tests/helpers/process'
import { buildImage, type BuiltImage } from './built_image.js'
import { DockerEngine } from './docker_engine.js'

const URL = 'http://127.0.0.1:8000'

test.group('docker compose', (group) => {
  const lack = DockerEngine.lack()
  group.each.skip(lack !== null, lack ?? '')
  group.tap((each) => each.timeout(400_000))

  let engine: DockerEngine
  let image: BuiltImage

  group.setup(async () => {
    if (lack === null) {
      engine = new DockerEngine()
      ;[image] = await Promise.all([buildImage(), engine.start()])
      await engine.buildLaim(image)
    }
  })
  group.teardown(async () => {
    if (lack === null) {
      await compose('down', '--volumes', '--timeout', '1').catch(() => undefined)
      await engine.stop()
      image.remove()
    }
  })

  const compose = (...words: string[]) => engine.compose(image.source, words)

  async function statuses(): Promise<Record<string, string>> {
    const lines = await compose('ps', '--all', '--format', '{{.Service}}-{{.Name}}={{.State}} {{.Health}}')
    return Object.fromEntries(
      lines
        .trim()
        .split('\n')
        .map((line) => line.split('='))
    )
  }

  /** What the web servers wrote that says so, as soon as Docker has so many lines of it: it collects them a little later. */
  async function logged(pattern: RegExp, count: number): Promise<string[][]> {
    return eventually(async () => {
      const logs = await compose('logs', 'web')
      const found = [...logs.matchAll(pattern)]
      return found.length >= count ? found : null
    })
  }

  test('up --wait gives a healthy system of three web servers and two workers', async ({ assert }) => {
    copyFileSync(join(image.source, '.env.example'), join(image.source, '.env'))
    await runProcess('deploy/docker/prepare.sh', [], { cwd: image.source, env: { PATH: process.env.PATH } })

    await compose('up', '-d', '--no-build', '--wait', '--scale', 'web=3', '--scale', 'worker=2')

    const found = Object.values(await statuses())
    assert.deepEqual(
      found,
      Array.from({ length: 7 }, () => 'running healthy')
    )
    const { status, text } = await engine.ask(`${URL}/health`)
    assert.equal(status, 200)
    assert.containsSubset(JSON.parse(text), { status: 'ok', database: 'ok', migrations: 'ok' })
  })

  test('serves each signed-in person by all web servers, behind the one port', async ({ assert }) => {
    const [[, password] = []] = await logged(/superuser superadmin, password (\S+) \(shown only now\)/g, 1)
    const body = JSON.stringify({ username: 'superadmin', password })
    const headers = { 'Content-Type': 'application/json' }
    const login = await engine.ask(`${URL}/api/login`, { method: 'POST', headers, body })
    const Authorization = `Bearer ${JSON.parse(login.text).access_token}`
    const seen = new Set<number>()
    for (let request = 0; request < 12; request++) {
      const answer = await engine.ask(`${URL}/api/items`, { headers: { Authorization } })
      seen.add(answer.status)
    }

    assert.deepEqual([...seen], [200])
    const served = await logged(/^\S*(web-\d).*"path":"\/api\/items","status":200/gm, 12)
    assert.isAbove(new Set(served.map(([, name]) => name)).size, 1)
  })

  test('does not believe what a client says of its own address', async ({ assert }) => {
    const body = JSON.stringify({ username: 'nobody', password: 'wrong' })
    const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': '203.0.113.9' }
    await engine.ask(`${URL}/api/login`, { method: 'POST', headers, body })

    const [[, address] = []] = await logged(/"address":"([^"]+)","msg":"sign-in refused"/g, 1)
    assert.match(address!, /^172\.\d+\.\d+\.\d+$/)
  })

  test('goes by a web server that has stopped', async ({ assert }) => {
    await compose('up', '-d', '--no-build', '--scale', 'web=2', '--scale', 'worker=2')

    const seen = new Set<number>()
    for (let request = 0; request < 12; request++) {
      const answer = await engine.ask(`${URL}/api/me`)
      seen.add(answer.status)
    }
    assert.deepEqual([...seen], [401])
    assert.lengthOf(Object.keys(await statuses()), 6)
  })

  test('writes one backup, which is restored in the place of the database', async ({ assert }) => {
    const listed = await compose('exec', '-T', 'worker', 'sh', '-c', 'ls /data/backups/*.gz')
    const [backup, ...others] = listed.trim().split('\n')
    await compose('stop', 'proxy', 'web', 'worker')
    const run = ['run', '--rm', '--no-deps', '-T', 'worker']

    const restored = await compose(...run, 'backup:restore', backup!, '--replace')
    const preflight = await compose(...run, 'doctor', '--preflight')
    await compose('up', '-d', '--no-build', '--wait')

    assert.isEmpty(others)
    assert.match(restored, /restored: \d+ rows/)
    assert.match(preflight, /✔ version +PostgreSQL 17/)
    const { status } = await engine.ask(`${URL}/health`)
    assert.equal(status, 200)
  })

  test('ends in order', async ({ assert }) => {
    await compose('stop', 'proxy', 'web', 'worker')

    const codes = await compose('ps', '--all', '--format', '{{.Service}} {{.ExitCode}}', 'web', 'worker')
    assert.match(codes, /^(?:(?:web|worker) 0\n)+$/)
  })
})
