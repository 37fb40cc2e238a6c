import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

test.group('user commands', (group) => {
  let home: string

  /** Runs a command as a terminal would, on a database of its own, with `input` on its stdin. */
  function ace(args: string[], input = '') {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['ace.js', ...args], {
      cwd: app.makePath(),
      env: { PATH: process.env.PATH, ENV_PATH: home, SECRET_KEY: 'a'.repeat(40), LOG_LEVEL: 'fatal' },
      input,
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }

  group.setup(() => {
    home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    ace(['migration:run', '--force'])
    return () => rmSync(home, { recursive: true, force: true })
  })

  test('take passwords from stdin and print what the API answers', ({ assert }) => {
    const args = ['user:create', 'Ada', '--email=ada@example.org', '--role=admin', '--json']
    const created = ace(args, 'correct horse battery\n')
    const listed = ace(['user:list', '--json'])
    const changed = ace(['user:password', 'ada', '--json'], 'another horse battery\n')

    assert.equal(created.status, 0, created.stderr)
    const user = JSON.parse(created.stdout)
    assert.containsSubset(user, { username: 'ada', email: 'ada@example.org', role: 'admin', is_active: true })
    assert.deepEqual(JSON.parse(listed.stdout), [user])
    assert.containsSubset(JSON.parse(changed.stdout), { id: user.id, username: 'ada', role: 'admin' })
  }).timeout(60_000)

  test('say what is wrong in a line each and exit 3, or 1 where the input is right', ({ assert }) => {
    const wrong = ace(['user:create', 'Grace', '--email=nowhere', '--role=root'], 'short\n')
    const unknown = ace(['user:password', 'nobody'], 'correct horse battery\n')

    assert.equal(wrong.status, 3)
    assert.equal(wrong.stdout, '')
    assert.lengthOf(wrong.stderr.trim().split('\n'), 2)
    assert.equal(unknown.status, 1)
    assert.match(unknown.stderr, /There is no user nobody/)
    assert.notMatch(wrong.stderr + unknown.stderr, /\n\s+at /)
  }).timeout(60_000)
})
