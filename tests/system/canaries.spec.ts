import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { findFreePort } from '#tests/helpers/free_port'

const CANARIES = {
  SECRET_KEY: 'canary-of-the-secret-key-0123456789abcdef',
  SUPERUSER_PASSWORD: 'canary-superuser-password',
  METRICS_TOKEN: 'canary-metrics-token',
  NETDISCO_PASSWORD: 'canary-netdisco-password',
  LIBRENMS_API_TOKEN: 'canary-librenms-token',
}

const SUPERUSER = { username: 'root', password: CANARIES.SUPERUSER_PASSWORD }

interface Server {
  readonly url: string
  readonly output: () => string
}

test.group('S12: Secrets of the settings', (group) => {
  group.tap((each) => each.timeout(300_000))
  let home: string
  const started: ChildProcess[] = []

  group.each.setup(() => {
    home = mkdtempSync(join(tmpdir(), 'laim-canaries-'))
    return async () => {
      for (const child of started.splice(0)) {
        child.kill('SIGKILL')
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    }
  })

  /** Starts a process of LAIM that logs all it can; collects everything it writes. */
  function start(args: string[], variables: Record<string, string>) {
    const env = {
      PATH: process.env.PATH,
      ENV_PATH: home,
      DATABASE_URL: `sqlite:${home}/data/laim.sqlite3`,
      ...variables,
    }
    const child = spawn(process.execPath, args, { cwd: app.makePath(), env, stdio: ['ignore', 'pipe', 'pipe'] })
    started.push(child)
    let written = ''
    child.stdout.on('data', (chunk) => (written += chunk))
    child.stderr.on('data', (chunk) => (written += chunk))
    return { child, output: () => written }
  }

  async function run(args: string[], variables: Record<string, string>): Promise<string> {
    const { child, output } = start(args, variables)
    await once(child, 'exit')
    return output()
  }

  async function serve(variables: Record<string, string>): Promise<Server> {
    const port = await findFreePort()
    const { output } = start(['--import=@poppinss/ts-exec', 'bin/server.ts'], { ...variables, APP_PORT: String(port) })
    const url = `http://127.0.0.1:${port}`
    for (let attempt = 0; attempt < 400; attempt++) {
      const isUp = await fetch(`${url}/health/live`).then(
        () => true,
        () => false
      )
      if (isUp) break
      await sleep(100)
    }
    return { url, output }
  }

  test('S11, S12: are in no answer, log, error, history, backup or database', async ({ assert, cleanup }) => {
    const peer = createServer((request, response) => {
      // A source that repeats what it was sent, as careless ones do.
      response.writeHead(500, { 'Content-Type': 'text/html' })
      response.end(`<p>${JSON.stringify(request.headers)} ${request.url}</p>`)
    })
    peer.listen(0, '127.0.0.1')
    await once(peer, 'listening')
    cleanup(() => void peer.close())
    const source = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
    const variables = {
      ...CANARIES,
      APP_HOST: '127.0.0.1',
      LOG_LEVEL: 'trace',
      SYNC_ENABLED: 'false',
      SUPERUSER_USERNAME: SUPERUSER.username,
      SUPERUSER_EMAIL: 'root@example.org',
      NETDISCO_API_URL: source,
      NETDISCO_USERNAME: 'laim',
      LIBRENMS_API_URL: source,
    }

    const seen: string[] = [await run(['ace.js', 'setup'], variables)]
    const server = await serve(variables)
    const ask = async (method: string, path: string, body?: object, token?: string) => {
      const headers: Record<string, string> = {
        'Content-Type': 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
      }
      const answer = await fetch(server.url + path, { method, headers, body: body && JSON.stringify(body) })
      const text = await answer.text()
      return { status: answer.status, text, headers: JSON.stringify([...answer.headers]) }
    }
    const login = await ask('POST', '/api/login', SUPERUSER)
    assert.equal(login.status, 200, login.text)
    const token: string = JSON.parse(login.text).access_token
    const calls: [string, string, object?, string?][] = [
      ['POST', '/api/login', { ...SUPERUSER, no_such_field: 1 }],
      ['POST', '/api/login', { username: SUPERUSER.password, password: 'x' }],
      ['POST', '/api/users', { username: 'x', email: 'x', password: SUPERUSER.password, role: 'x' }, token],
      ['PUT', '/api/me/password', { current_password: SUPERUSER.password, new_password: 'short' }, token],
      ['GET', `/api/items?access_token=${token}`],
      ['GET', '/health'],
      ['GET', '/metrics'],
      ['GET', '/api/openapi.json'],
      ['GET', '/api/sources', undefined, token],
      ['POST', '/api/sources/netdisco/check', undefined, token],
      ['POST', '/api/sources/librenms/check', undefined, token],
      ['POST', '/api/sync/trigger', { source: 'all' }, token],
      ['GET', '/api/tokens', undefined, token],
      ['GET', '/api/audit', undefined, token],
    ]
    for (const call of calls) {
      const { text, headers } = await ask(...call)
      seen.push(text, headers)
    }
    seen.push(await run(['ace.js', 'sync:run', 'librenms'], variables))
    seen.push(await run(['ace.js', 'sync:history'], variables))
    seen.push(await run(['ace.js', 'source:check', 'netdisco'], variables))
    seen.push(await run(['ace.js', 'source:list', '--json'], variables))
    seen.push(await run(['ace.js', 'doctor'], variables))
    seen.push(await run(['ace.js', 'backup:create', '--json'], variables))
    const history = await ask('GET', '/api/sync/history', undefined, token)
    seen.push(history.text, server.output())

    assert.include(history.text, 'librenms')
    assert.include(server.output(), '/api/sync/trigger')
    for (const file of readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      seen.push(readFileSync(join(file.parentPath, file.name), 'latin1'))
    }
    const everything = seen.join('\n')
    for (const [name, canary] of Object.entries(CANARIES)) {
      const at = everything.indexOf(canary)
      assert.equal(at, -1, `${name}: ${everything.slice(Math.max(0, at - 200), at + 60)}`)
    }
    const [, secret] = token.split('.')
    assert.equal(everything.indexOf(secret!), -1, 'the token that was issued')
  })
})
