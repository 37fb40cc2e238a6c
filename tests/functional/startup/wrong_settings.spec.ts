import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const execute = promisify(execFile)

/** Starts the server or a command that needs the settings, with these variables and no `.env`. */
async function startWith(variables: Record<string, string>, home: string, command = 'migration:status') {
  const started = command === 'bin/server.ts' ? ['--import=@poppinss/ts-exec', command] : ['ace.js', command]
  const env = { PATH: process.env.PATH, ENV_PATH: home, SECRET_KEY: 'a'.repeat(40), ...variables }
  try {
    const { stdout, stderr } = await execute(process.execPath, started, {
      cwd: app.makePath(),
      env,
    })
    return { code: 0, stdout, stderr }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

test.group('Wrong settings', (group) => {
  let home: string

  group.each.setup(() => {
    home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    return () => rmSync(home, { recursive: true, force: true })
  })

  test('stop the start with one line for each, without a stack and without secrets', async ({ assert }) => {
    const { code, stderr } = await startWith(
      { SYNC_RATE_LIMIT: '0', APP_PORT: 'http', LAIM_EXCLUDE_IPS: '10.0.0.0/33', SECRET_KEY: 'hush' },
      home
    )

    const lines = stderr.trim().split('\n')
    assert.equal(code, 1)
    assert.sameMembers(
      lines.map((line) => line.split(' ').slice(0, 2).join(' ')),
      ['laim: APP_PORT', 'laim: SECRET_KEY', 'laim: SYNC_RATE_LIMIT', 'laim: LAIM_EXCLUDE_IPS:']
    )
    assert.isTrue(lines.every((line) => line.includes('Example: ')))
    assert.notInclude(stderr, 'hush')
  }).timeout(20_000)

  test('in a file that cannot be read stop the start with its name, without a stack', async ({ assert }) => {
    mkdirSync(join(home, '.env'))

    const { code, stderr } = await startWith({}, home)

    assert.equal(code, 1)
    assert.equal(stderr, `laim: ${join(home, '.env')} cannot be read (EISDIR): run it as a user who may read it\n`)
  }).timeout(20_000)

  test('B11: that no variable has are warned of with the nearest name, and nothing of their value', async ({
    assert,
  }) => {
    const misspelt = {
      LAIM_EXCLUDE_IP: 'hush-1',
      LAIM_NOTHING: 'hush-2',
      SYNC_RATE_LIMITS: 'hush-3',
      LIBRENMS_API_TOKN: 'hush-4',
      SOMETHING_ELSE: 'x',
      LIBRENMS_API_TOKEN_FILE: '/run/secrets/token',
    }
    const right = await startWith({ ...misspelt, DATABASE_URL: 'sqlite:data/x.sqlite3' }, home)
    const wrong = await startWith({ ...misspelt, LIBRENMS_API_URL: 'https://nms.example.org' }, home)

    assert.equal(right.code, 0, right.stderr)
    assert.equal(wrong.code, 1)
    assert.include(wrong.stderr, 'laim: LIBRENMS_API_TOKEN is not set')
    for (const { stderr } of [right, wrong]) {
      assert.include(stderr, 'LAIM_EXCLUDE_IP is no variable of LAIM and is ignored. Is LAIM_EXCLUDE_IPS meant?')
      assert.include(stderr, 'SYNC_RATE_LIMITS is no variable of LAIM and is ignored. Is SYNC_RATE_LIMIT meant?')
      assert.include(stderr, 'LIBRENMS_API_TOKN is no variable of LAIM and is ignored. Is LIBRENMS_API_TOKEN meant?')
      assert.include(stderr, 'LAIM_NOTHING is no variable')
      assert.notMatch(stderr, /hush|SOMETHING_ELSE|_FILE/)
    }
  }).timeout(30_000)

  test('S17: a documented password does not start in production, neither a server nor a set-up', async ({ assert }) => {
    for (const [password, command] of [
      ['SuperAdmin123!', 'bin/server.ts'],
      ['Admin123!', 'setup'],
      ['SuperAdmin123!', 'inventory:seed'],
    ] as const) {
      const variables = { NODE_ENV: 'production', SUPERUSER_PASSWORD: password }
      const { code, stdout, stderr } = await startWith(variables, home, command)

      assert.equal(code, 1, command)
      assert.match(stderr, /^laim: SUPERUSER_PASSWORD is a password that the documentation prints; [^\n]+\n$/)
      assert.notInclude(stdout + stderr, password)
      assert.isFalse(existsSync(join(home, 'storage/laim.sqlite3')), 'nothing was set up')
    }
  }).timeout(60_000)

  test('F8: a database that {$self} stops the start with its address, without its password')
    .with(['refuses', 'is silent'])
    .run(async ({ assert, cleanup }, what) => {
      const silent = createServer().listen(0, '127.0.0.1')
      cleanup(() => void silent.close())
      await once(silent, 'listening')
      const port = what === 'refuses' ? 1 : (silent.address() as AddressInfo).port
      const url = `postgres://laim:hush@127.0.0.1:${port}/laim`

      for (const command of what === 'refuses' ? ['setup', 'user:list'] : ['setup']) {
        const { code, stderr } = await startWith({ DATABASE_URL: url }, home, command)

        assert.equal(code, 1)
        assert.match(stderr, /^[^\n]+he database 127\.0\.0\.1:\d+ does not answer: [^\n]+ Check DATABASE_URL[^\n]+\n$/)
        assert.include(stderr, `127.0.0.1:${port} `)
        assert.notInclude(stderr, 'hush')
      }
    })
    .timeout(60_000)

  test('a folder that cannot be made stops the start with one line', async ({ assert }) => {
    const { code, stderr } = await startWith({ DATABASE_URL: 'sqlite:/dev/null/x/laim.sqlite3' }, home)

    assert.equal(code, 1)
    assert.match(stderr, /^laim: DATABASE_URL: the folder [^\n]+ Example: [^\n]+\n$/)
  }).timeout(20_000)

  test('commands are listed without any settings', async ({ assert }) => {
    const { code, stdout } = await startWith({ SECRET_KEY: '' }, home, 'list')

    assert.equal(code, 0)
    assert.include(stdout, 'sync:run')
  }).timeout(20_000)

  test('right settings start', async ({ assert }) => {
    const { code, stderr } = await startWith({ DATABASE_URL: 'sqlite:data/x.sqlite3' }, home)

    assert.equal(code, 0, stderr)
  }).timeout(20_000)
})
