import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { findFreePort } from '#tests/helpers/free_port'

const PATIENCE_MS = 20_000

test.group('Requests that come too early', () => {
  test('are answered 503 with Retry-After while the server starts', async ({ assert, cleanup }) => {
    const silentDatabase = createServer().listen(0, '127.0.0.1')
    await once(silentDatabase, 'listening')
    const port = await findFreePort()
    const child = spawn(process.execPath, ['--import=@poppinss/ts-exec', 'bin/server.ts'], {
      cwd: app.makePath(),
      env: {
        PATH: process.env.PATH,
        ENV_PATH: app.tmpPath(),
        NODE_ENV: 'production',
        SECRET_KEY: 'a'.repeat(40),
        APP_HOST: '127.0.0.1',
        APP_PORT: String(port),
        DATABASE_URL: `postgresql://laim@127.0.0.1:${(silentDatabase.address() as AddressInfo).port}/laim`,
      },
      stdio: 'ignore',
    })
    const isGone = once(child, 'exit')
    cleanup(async () => {
      child.kill('SIGKILL')
      await isGone
      silentDatabase.close()
    })

    const answer = await firstAnswer(`http://127.0.0.1:${port}/api/items`)

    assert.equal(answer.status, 503)
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
    assert.containsSubset(await answer.json(), { status: 503, code: 'E_STARTING' })
  }).timeout(PATIENCE_MS + 5_000)
})

async function firstAnswer(url: string): Promise<Response> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await fetch(url)
    } catch (error) {
      if (performance.now() > giveUpAt) {
        throw error
      }
      await sleep(20)
    }
  }
}
