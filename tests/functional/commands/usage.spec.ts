import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import BackupRestore from '#commands/backup/restore'
import InventoryImport from '#commands/inventory/import'
import { runCommand } from '#tests/helpers/run_command'

/** Calls a command as people do. */
function call(args: string[], home: string) {
  return spawnSync(process.execPath, ['ace.js', ...args], {
    cwd: app.makePath(),
    env: { PATH: process.env.PATH, ENV_PATH: home, SECRET_KEY: 'a'.repeat(40), LOG_LEVEL: 'fatal' },
    encoding: 'utf8',
  })
}

test.group('Wrong usage of commands', () => {
  test('B10: exits with 3 and the usage for an unknown command or flag and a missing argument', ({
    assert,
    cleanup,
  }) => {
    const home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    cleanup(() => rmSync(home, { recursive: true, force: true }))

    for (const args of [['nope'], ['sync:history', '--nope'], ['user:password'], ['sync:status', '1', '2']]) {
      const { status, stdout, stderr } = call(args, home)

      assert.equal(status, 3, `${args.join(' ')}: ${stderr}`)
      assert.match(stderr, /^Usage: /m)
      assert.equal(stdout, '')
      assert.notMatch(stdout + stderr, /\n\s+at /)
    }
  }).timeout(60_000)

  test('B10: --help is answered also without what the command needs', ({ assert, cleanup }) => {
    const home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    cleanup(() => rmSync(home, { recursive: true, force: true }))

    for (const name of ['user:create', 'backup:restore']) {
      const { status, stdout, stderr } = call([name, '--help'], home)

      assert.equal(status, 0, stderr)
      assert.match(stdout, /Description:/)
      assert.equal(stderr, '')
    }
  }).timeout(60_000)

  test('B10: output that nobody reads stops no command, and breaks none', async ({ assert, cleanup }) => {
    const home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    cleanup(() => rmSync(home, { recursive: true, force: true }))
    const command = spawn(process.execPath, ['ace.js', 'list'], {
      cwd: app.makePath(),
      env: { PATH: process.env.PATH, ENV_PATH: home },
    })
    command.stdout.destroy()

    const [said, [code]] = await Promise.all([text(command.stderr), once(command, 'close')])

    assert.deepEqual([said, code], ['', 0])
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
