import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** Starts the command as a terminal would, with settings of its own. */
function startLab(home: string, ...flags: string[]) {
  return spawn(process.execPath, ['ace.js', 'lab:simulate', ...flags], {
    cwd: app.makePath(),
    env: { PATH: process.env.PATH, ENV_PATH: home, SECRET_KEY: 'a'.repeat(40) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

test.group('lab:simulate', (group) => {
  let home: string

  group.each.setup(() => {
    home = mkdtempSync(join(tmpdir(), 'laim-home-'))
    return () => rmSync(home, { recursive: true, force: true })
  })

  test('serves every source until Ctrl-C and prints what reaches them', async ({ assert, cleanup }) => {
    const lab = startLab(home, '--json', '--seed=7')
    cleanup(() => void lab.kill('SIGKILL'))

    const [line] = await once(createInterface(lab.stdout), 'line')
    const { sources, environment } = JSON.parse(line)
    const answers = await Promise.all(sources.map(({ url }: { url: string }) => fetch(url, { redirect: 'manual' })))
    lab.kill('SIGINT')
    const [code] = await once(lab, 'exit')

    assert.isAtLeast(sources.length, 2)
    assert.isTrue(sources.every(({ url }: { url: string }) => url.startsWith('http://127.0.0.1:')))
    assert.equal(environment.SIMULATED_LAB, 'false')
    assert.isTrue(answers.every(({ status }) => status < 500))
    assert.equal(code, 0)
  }).timeout(30_000)

  test('refuses a port that is none', async ({ assert, cleanup }) => {
    const lab = startLab(home, '--port=70000')
    cleanup(() => void lab.kill('SIGKILL'))

    const [code] = await once(lab, 'exit')

    assert.equal(code, 3)
  }).timeout(30_000)
})
