import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import BackupRestore from '#commands/backup/restore'
import InventoryImport from '#commands/inventory/import'
import { runCommand } from '#tests/helpers/run_command'

test.group('Wrong usage of commands', () => {
  test('B10: exits with 3 and the usage for an unknown command or flag and a missing argument', ({
    assert,
    cleanup,
  }) => {
    const home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    cleanup(() => rmSync(home, { recursive: true, force: true }))

    for (const args of [['nope'], ['sync:history', '--nope'], ['sync:status']]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['ace.js', ...args], {
        cwd: app.makePath(),
        env: { PATH: process.env.PATH, ENV_PATH: home, SECRET_KEY: 'a'.repeat(40), LOG_LEVEL: 'fatal' },
        encoding: 'utf8',
      })

      assert.equal(status, 3, `${args.join(' ')}: ${stderr}`)
      assert.match(stderr, /^Usage: /m)
      assert.equal(stdout, '')
      assert.notMatch(stdout + stderr, /\n\s+at /)
    }
  }).timeout(60_000)

  test('B10: a file that is absent or a folder is named, without a stack', async ({ assert, cleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'laim-home-'))
    cleanup(() => rmSync(folder, { recursive: true, force: true }))
    const commands = { import: InventoryImport, restore: BackupRestore }

    for (const [name, command] of Object.entries(commands)) {
      for (const path of [join(folder, 'absent'), folder]) {
        const { exitCode, lines } = await runCommand(command, [path])

        assert.equal(exitCode, name === 'import' ? 3 : 1, lines.join('\n'))
        assert.include(lines.join('\n'), folder)
        assert.notMatch(lines.join('\n'), /\n\s+at /)
      }
    }
  })
})
