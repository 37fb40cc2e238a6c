import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { CrashLab } from '../functional/durability/crash_lab.js'
import { RunningProcess, RunningServer } from './running_server.js'
import { WITHOUT_POWER } from './without_power.js'

/** A user who owns nothing. */
const NOBODY = 65534

test.group('A SQLite file', (group) => {
  let lab: CrashLab
  let file: string

  group.setup(async () => {
    lab = await CrashLab.start('SQLite')
    await lab.fresh()
    await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
    await RunningProcess.command(['inventory:seed', '--with-samples'], { DATABASE_URL: lab.url })
    await lab.keep()
    return () => lab.stop()
  })
  group.each.setup(async () => {
    await lab.fresh()
    await lab.settle()
    file = lab.url.slice('sqlite:'.length)
  })

  const doctor = () => RunningProcess.command(['doctor'], { DATABASE_URL: lab.url })

  test('F12: that {$self} stops the start with its path and the reason')
    .with(['another user owns', 'is read-only'])
    .run(({ assert, cleanup }, why) => {
      const home = mkdtempSync(join(tmpdir(), 'laim-owned-'))
      cleanup(() => rmSync(home, { recursive: true }))
      const folder = join(home, 'database')
      mkdirSync(folder)
      const owned = join(folder, 'laim.sqlite3')
      copyFileSync(file, owned)
      if (why === 'is read-only') {
        chmodSync(owned, 0o444)
      } else {
        chmodSync(owned, 0o644)
        chownSync(owned, NOBODY, NOBODY)
      }

      const [command, ...args] = [...WITHOUT_POWER, process.execPath, 'ace.js', 'setup']
      const { status, stdout, stderr } = spawnSync(command!, args, {
        cwd: app.makePath(),
        env: {
          PATH: process.env.PATH,
          NODE_ENV: 'production',
          ENV_PATH: home,
          SECRET_KEY: 'only-for-tests-only-for-tests-0001',
          DATABASE_URL: `sqlite:${owned}`,
        },
        encoding: 'utf8',
      })

      assert.equal(status, 1, stdout + stderr)
      assert.match(stderr, new RegExp(`^laim: the database ${owned} cannot be written: [^\\n]+\\n$`))
    })

  test('F12: whose folder cannot be made stops the start with its path and the reason', async ({ assert }) => {
    const { code, output } = await RunningProcess.command(['setup'], {
      DATABASE_URL: 'sqlite:/dev/null/x/laim.sqlite3',
    })

    assert.equal(code, 1)
    assert.match(output, /^laim: DATABASE_URL: the folder \/dev\/null\/x cannot be made or written\.[^\n]+\n$/)
  })

  test('F13: that is damaged stops the start and names the way back; nothing is written', async ({ assert }) => {
    const handle = openSync(file, 'r+')
    for (let page = 3; page < 40; page += 4) {
      writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
    }
    closeSync(handle)
    const before = readFileSync(file)

    const start = await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
    const examined = await doctor()

    assert.equal(start.code, 1)
    assert.match(start.output, /^laim: the database .* is damaged: [^\n]+ backup:restore [^\n]+\n$/)
    assert.equal(examined.code, 1)
    assert.match(examined.output, /✖ database .* is damaged: .*backup:restore/)
    assert.isTrue(before.equals(readFileSync(file)))
  })

  test('F14: whose log a crash left behind opens with all that was committed, also without its index', async ({
    assert,
  }) => {
    const server = await RunningServer.start(lab.url)
    await server.signIn()
    const created: number[] = []
    for (let n = 1; n <= 20; n++) {
      const { status, text } = await server.post('/api/items', { hostname: `crash-${n}`, item_type: 'Switch' })
      assert.equal(status, 201)
      created.push(JSON.parse(text).id)
    }
    await server.kill('SIGKILL')
    assert.isAbove(statSync(`${file}-wal`).size, 0)
    rmSync(`${file}-shm`)

    const next = await RunningServer.start(lab.url)
    await next.signIn()
    const list = JSON.parse((await next.get('/api/items?search=crash-&limit=100')).text)
    await next.kill('SIGTERM')

    assert.sameMembers(
      list.map((item: { id: number }) => item.id),
      created
    )
    assert.match((await doctor()).output, /database .*is whole/)
  })

  test('F14: that was copied without its log is whole but older, which the doctor sees by the newest backup', async ({
    assert,
    cleanup,
  }) => {
    const server = await RunningServer.start(lab.url)
    await server.signIn()
    assert.equal((await server.post('/api/items', { hostname: 'late', item_type: 'Switch' })).status, 201)
    const copy = join(mkdtempSync(join(tmpdir(), 'laim-copy-')), 'laim.sqlite3')
    cleanup(() => rmSync(join(copy, '..'), { recursive: true }))
    copyFileSync(file, copy)
    await server.kill()
    const found = async (url: string) => {
      const { output } = await RunningProcess.command(['asset:find', 'late', '--json'], { DATABASE_URL: url })
      return JSON.parse(output).length
    }

    assert.equal(await found(`sqlite:${copy}`), 0)
    assert.equal(await found(lab.url), 1)
    const backups = join(copy, '../backups')
    await RunningProcess.command(['backup:create', '--to', backups], { DATABASE_URL: lab.url })
    const examine = (url: string) =>
      RunningProcess.command(['doctor'], { DATABASE_URL: url, BACKUP_FOLDER: backups }).then(({ output }) => output)
    assert.match(
      await examine(`sqlite:${copy}`),
      /✔ database .*is whole[^]*! history .*is older than its newest backup/
    )
    assert.notMatch(await examine(lab.url), /history/)
  })
})
