import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { WITHOUT_POWER } from './without_power.js'

/** Commands of LAIM, as opposed to those that the framework brings. */
const OWN = /^(?:asset|backup|inventory|lab|source|sync|user):|^(?:doctor|make:source|setup)$/

/** Commands that run side by side. */
const AT_ONCE = 4

const STACK = /\n\s+at /

/** What stdin is: nothing, the end of it at once, or no file at all. */
type Input = 'none' | 'closed'

interface Listed {
  readonly commandName: string
  readonly flags: readonly { readonly flagName: string }[]
}

interface Called {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

test.group('Every command', (group) => {
  let home: string
  let commands: string[]

  /** Starts a command as somebody who may do no more with files than anybody. */
  function start(args: readonly string[], input: Input = 'none') {
    // A shell can close an input altogether, and stop reading.
    const script = `exec node ace.js "$@"${input === 'closed' ? ' <&-' : ''}`
    const [command, ...rest] = [...WITHOUT_POWER, 'sh', '-c', script, 'sh', ...args]
    return spawn(command!, rest, {
      cwd: app.makePath(),
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        ENV_PATH: home,
        SECRET_KEY: 'only-for-tests-only-for-tests-0001',
        LOG_LEVEL: 'fatal',
        SIMULATED_LAB: 'true',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** Calls a command and waits for its end. */
  async function call(
    args: readonly string[],
    { input = 'none', isUnread = false }: CallOptions = {}
  ): Promise<Called> {
    const child = start(args, input)
    if (isUnread) {
      child.stdout.destroy()
    }
    const [out, err, code] = await Promise.all([
      isUnread ? '' : text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ])
    return { code, out, err }
  }

  group.setup(async () => {
    home = mkdtempSync(join(tmpdir(), 'laim-commands-'))
    const { code, err } = await call(['setup'])
    if (code !== 0) {
      throw new Error(err)
    }
    const { out } = await call(['list', '--json'])
    commands = (JSON.parse(out) as Listed[]).map(({ commandName }) => commandName).filter((name) => OWN.test(name))
    return () => rmSync(home, { recursive: true, force: true })
  })

  test('B10: says with --help what it is for, and does nothing', async ({ assert }) => {
    assert.isAbove(commands.length, 25)
    for (let at = 0; at < commands.length; at += AT_ONCE) {
      const names = commands.slice(at, at + AT_ONCE)
      const answers = await Promise.all(names.map((name) => call([name, '--help'])))
      for (const [index, { code, out, err }] of answers.entries()) {
        const name = names[index]!
        assert.equal(code, 0, `${name}: ${err}`)
        assert.match(out, /Description:/, name)
        assert.include(out, name)
        assert.equal(err, '', name)
      }
    }
  }).timeout(300_000)

  test('prints with --json what it says, and nothing else', async ({ assert }) => {
    const { out } = await call(['list', '--json'])
    const flagsOf = new Map(
      (JSON.parse(out) as Listed[]).map(({ commandName, flags }) => [
        commandName,
        flags.map(({ flagName }) => flagName),
      ])
    )
    for (const name of commands) {
      assert.include(flagsOf.get(name), 'json', name)
    }

    const again = await call(['setup', '--json'])
    assert.deepEqual(JSON.parse(again.out), { migrations: [], item_types: 0, rooms: 0, items: 0, accounts: [] })
    assert.equal(again.err, '')
  }).timeout(60_000)

  test('prints with --json each run that a worker ends', async ({ assert, cleanup }) => {
    const worker = start(['sync:work', '--json'])
    cleanup(() => void worker.kill('SIGKILL'))
    const [line] = await once(createInterface(worker.stdout), 'line')

    assert.containsSubset(JSON.parse(line), { id: 1, source: 'all', status: 'completed', trigger: 'schedule' })
    worker.kill('SIGTERM')
    assert.deepEqual(await once(worker, 'exit'), [0, null])
  }).timeout(60_000)

  test('B10: refuses a flag and an argument that it does not know, with its usage and 3', async ({ assert }) => {
    const odd = [
      ['doctor', '--nope'],
      ['doctor', 'now'],
      ['user:list', 'ada', 'bob'],
      ['sync:status', '1', '2'],
      ['inventory:import', 'a.csv', 'b.csv'],
    ]
    for (const args of odd) {
      const { code, out, err } = await call(args)

      assert.equal(code, 3, `${args.join(' ')}: ${out}${err}`)
      assert.equal(out, '', args.join(' '))
      assert.match(err, /^Usage: /m, args.join(' '))
      assert.notMatch(err, STACK, args.join(' '))
    }
  }).timeout(300_000)

  test('B10: outlives a reader who went away, and an input that is closed', async ({ assert }) => {
    const unread = [['list'], ['doctor'], ['sync:history', '--json'], ['inventory:export'], ['sync:run', 'netdisco']]
    for (const args of unread) {
      const { code, err } = await call(args, { isUnread: true })
      assert.equal(code, 0, `${args.join(' ')}: ${err}`)
      assert.equal(err, '', args.join(' '))
    }
    const asking = [
      ['user:create', 'ada', '--email=ada@lab.example', '--role=viewer'],
      ['user:password', 'superadmin'],
    ]
    for (const args of asking) {
      const { code, out, err } = await call(args, { input: 'closed' })
      assert.equal(code, 3, `${args.join(' ')}: ${out}${err}`)
      assert.notMatch(out + err, STACK)
    }
    const { out } = await call(['sync:history', '--json'])
    assert.containsSubset(JSON.parse(out), [{ source: 'netdisco', status: 'completed' }])
  }).timeout(300_000)

  test('B10: names the file that it may not read or write, without a stack', async ({ assert, cleanup }) => {
    const locked = mkdtempSync(join(tmpdir(), 'laim-locked-'))
    cleanup(() => rmSync(locked, { recursive: true, force: true }))
    const file = join(locked, 'items.csv')
    writeFileSync(file, 'asset_tag,hostname,item_type\nA-1,sw,Switch\n')
    chmodSync(file, 0o000)
    chmodSync(locked, 0o000)
    cleanup(() => chmodSync(locked, 0o700))

    for (const args of [
      ['inventory:import', file],
      ['inventory:export', `--output=${file}`],
      ['backup:create', `--to=${locked}`],
      ['backup:restore', file],
    ]) {
      const { code, out, err } = await call(args)
      assert.oneOf(code, [1, 3], `${args.join(' ')}: ${out}${err}`)
      assert.include(err, locked, args.join(' '))
      assert.notMatch(out + err, STACK)
    }
  }).timeout(300_000)
})

interface CallOptions {
  readonly input?: Input
  /** Nobody reads what it prints. */
  readonly isUnread?: boolean
}
