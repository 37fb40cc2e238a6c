import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const execute = promisify(execFile)

/** Starts a command that needs the settings, with these variables and no `.env`. */
async function startWith(variables: Record<string, string>, home: string, command = 'migration:status') {
  const env = { PATH: process.env.PATH, ENV_PATH: home, SECRET_KEY: 'a'.repeat(40), ...variables }
  try {
    const { stdout, stderr } = await execute(process.execPath, ['ace.js', command], {
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

  test('F8: a database that does not answer stops the start with its address, without its password', async ({
    assert,
  }) => {
    const url = 'postgres://laim:hush@127.0.0.1:1/laim'
    const { code, stderr } = await startWith({ DATABASE_URL: url, LOG_LEVEL: 'silent' }, home, 'setup')

    assert.equal(code, 1)
    assert.match(stderr, /^laim: the database does not answer: [^\n]*127\.0\.0\.1:1[^\n]+\n$/)
    assert.notInclude(stderr, 'hush')
  }).timeout(20_000)

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
