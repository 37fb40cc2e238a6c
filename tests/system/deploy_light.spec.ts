import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { findFreePort } from '#tests/helpers/free_port'
import { eventually, type Started } from '#tests/helpers/process'
import { copyCommittedFiles, npmVariables } from './built_image.js'
import { DebianTree } from './debian_tree.js'

/** A container of 512 MB holds Debian too. */
const MEMORY_MB = 400

interface Unit {
  readonly command: string[]
  readonly user: string
  readonly environment: Record<string, string>
}

/** What systemd would do with a unit of ours. */
function readUnit(text: string): Unit {
  const valueOf = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? ''
  const variables = valueOf('Environment')
    .split(' ')
    .map((pair) => pair.split('='))
  return { command: valueOf('ExecStart').split(' '), user: valueOf('User'), environment: Object.fromEntries(variables) }
}

/** Memory of a process and all below it, in MB: what only they use, and their part of what they share. */
function memoryOf(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]) / 1024 + children.reduce((sum, id) => sum + memoryOf(Number(id)), 0)
}

test.group('The light variant in a Debian', (group) => {
  const lack = DebianTree.lack()
  group.each.skip(lack !== null, lack ?? '')
  group.tap((each) => each.timeout(400_000))

  let debian: DebianTree
  let service: Started
  let url: string

  group.setup(async () => {
    if (lack === null) {
      debian = new DebianTree()
      await debian.install()
      mkdirSync(debian.path('/opt/laim'))
      copyCommittedFiles(debian.path('/opt/laim'))
    }
  })
  group.teardown(async () => {
    if (lack === null) {
      await service?.stop('SIGKILL')
      debian?.remove()
    }
  })

  async function run(words: string[], env: Record<string, string> = {}) {
    const started = debian.start(words, env)
    const code = await started.done()
    return { code, output: started.output() }
  }

  test('is installed by setup.sh --light', async ({ assert }) => {
    const { code, output } = await run(['/opt/laim/deploy/proxmox/setup.sh', '--light'], npmVariables())

    assert.equal(code, 0, output)
    assert.equal(statSync(debian.path('/etc/laim/.env')).mode & 0o777, 0o640)
    assert.match(readFileSync(debian.path('/etc/laim/.env'), 'utf8'), /^SECRET_KEY=[\w-]{64}$/m)
    assert.deepEqual(readFileSync(debian.path('/var/log/systemctl'), 'utf8').trim().split('\n'), [
      'daemon-reload',
      'enable --quiet laim.service',
      'restart laim.service',
    ])
  })

  test('serves as its unit says, as a user without rights, in the memory of a small container', async ({ assert }) => {
    const { command, user, environment } = readUnit(
      readFileSync(debian.path('/etc/systemd/system/laim.service'), 'utf8')
    )
    for (const folder of ['/var/lib/laim', '/var/cache/laim']) {
      await run(['install', '-d', '-o', user, '-g', user, '-m', '0750', folder])
    }
    const port = String(await findFreePort())
    url = `http://127.0.0.1:${port}`
    service = debian.start(command, { ...environment, APP_PORT: port, APP_HOST: '127.0.0.1' }, `${user}:${user}`)

    const page = await eventually(async () => {
      const answer = await fetch(`${url}/login`)
      return answer.status === 200 ? answer.text() : null
    })
    await eventually(async () => (service.output().includes('ready on') ? true : null))
    const health = (await (await fetch(`${url}/health`)).json()) as Record<string, unknown>

    assert.include(page, '<title>')
    assert.containsSubset(health, { status: 'ok', database: 'ok', migrations: 'ok' })
    assert.equal((await fetch(`${url}/metrics`)).status, 200)
    assert.equal((await fetch(`${url}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.9' } })).status, 404)
    assert.match(service.output(), /superuser superadmin, password \S+ \(shown only now\)/)
    const { uid } = statSync(`/proc/${service.child.pid}`)
    assert.equal(uid, statSync(debian.path('/var/lib/laim')).uid)
    assert.isBelow(memoryOf(service.child.pid!), MEMORY_MB)
  })

  test('says how it is, and backs itself up while it serves', async ({ assert }) => {
    const folder = debian.path('/var/lib/laim/backups')
    const file = await eventually(() => {
      const names = existsSync(folder) ? readdirSync(folder) : []
      return Promise.resolve(names.find((name) => name.endsWith('.sqlite3')) ?? null)
    })
    const doctor = await run(['laim', 'doctor'])

    assert.equal(doctor.code, 2, doctor.output)
    assert.match(doctor.output, /✔ database [^]*✔ backups [^]*! sources .*no source is configured/)
    const verified = await run(['laim', 'backup:restore', `/var/lib/laim/backups/${file}`, '--verify'])
    assert.equal(verified.code, 0, verified.output)
  })

  test('is upgraded by running setup.sh again: settings stay, what is there is checked first', async ({ assert }) => {
    const settings = readFileSync(debian.path('/etc/laim/.env'), 'utf8')

    const { code, output } = await run(['/opt/laim/deploy/proxmox/setup.sh', '--light'], npmVariables())

    assert.equal(code, 0, output)
    assert.match(output, /kept \/etc\/laim\/\.env/)
    assert.match(output, /✔ database/)
    assert.equal(readFileSync(debian.path('/etc/laim/.env'), 'utf8'), settings)
    assert.isFalse(existsSync(debian.path('/usr/local/bin/laim.new')))
  })

  test('leaves it to the operator whether web server and workers have units of their own', async ({ assert }) => {
    const units = debian.path('/etc/systemd/system')
    assert.includeMembers(readdirSync(units), ['laim.service', 'laim-web.service', 'laim-worker@.service'])
    mkdirSync(join(units, 'multi-user.target.wants'), { recursive: true })
    symlinkSync('../laim-web.service', join(units, 'multi-user.target.wants/laim-web.service'))
    rmSync(debian.path('/var/log/systemctl'))

    const { code, output } = await run(['/opt/laim/deploy/proxmox/setup.sh', '--light'], npmVariables())

    assert.equal(code, 0, output)
    assert.deepEqual(readFileSync(debian.path('/var/log/systemctl'), 'utf8').trim().split('\n'), [
      'daemon-reload',
      'restart laim-web.service laim-worker@*',
    ])
  })

  test('ends in order when systemd tells it to', async ({ assert }) => {
    assert.equal(await service.stop(), 0)
  })
})
