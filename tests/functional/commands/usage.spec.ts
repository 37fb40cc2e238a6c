import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

test.group('Wrong usage of commands', () => {
  test('exits with 3 for a flag that is unknown and an argument that is missing', ({ assert, cleanup }) => {
    const home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    cleanup(() => rmSync(home, { recursive: true, force: true }))

    for (const args of [['sync:history', '--nope'], ['sync:status']]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['ace.js', ...args], {
        cwd: app.makePath(),
        env: { PATH: process.env.PATH, ENV_PATH: home, SECRET_KEY: 'a'.repeat(40), LOG_LEVEL: 'fatal' },
        encoding: 'utf8',
      })

      assert.equal(status, 3, `${args.join(' ')}: ${stderr}`)
      assert.notMatch(stdout + stderr, /\n\s+at /)
    }
  }).timeout(60_000)
})
