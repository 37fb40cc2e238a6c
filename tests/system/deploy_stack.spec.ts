import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import pg from 'pg'
import { eventually } from '#tests/helpers/process'
import { buildImage, type BuiltImage } from './built_image.js'
import { ComposeStack, SUPERUSER_PASSWORD, whenHealthy, type Web } from './compose_stack.js'

const PASSWORD = 'Seven-Grey-Pebbles-Roll'

/** Docker waits for a container as long as this before it kills it. */
const STOP_MS = 10_000

interface Answer {
  readonly status: number
  readonly body: ReturnType<typeof JSON.parse>
}

async function ask(web: Web, method: string, path: string, token: string | null, body?: object): Promise<Answer> {
  const answer = await fetch(web.url + path, {
    method,
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text }
}

async function signIn(web: Web, username: string, password: string): Promise<string> {
  const { body } = await ask(web, 'POST', '/api/login', null, { username, password })
  return body.access_token
}

/** Names of the backups in a folder; null when there is none. */
function wholeBackups(folder: string): string[] | null {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gz')) : []
  return names.length > 0 ? names : null
}

test.group('The services of docker-compose.yml', (group) => {
  let image: BuiltImage
  let stack: ComposeStack
  let database: pg.Client
  let [one, two]: [Web, Web] = [] as never

  group.setup(async () => {
    image = await buildImage()
    stack = await ComposeStack.prepare(image)
    database = new pg.Client({ connectionString: stack.databaseUrl })
    await database.connect()
    return async () => {
      await database.end()
      await stack.remove()
      image.remove()
    }
  })
  group.tap((each) => each.timeout(180_000))

  async function select(sql: string): Promise<Record<string, unknown>[]> {
    const { rows } = await database.query(sql)
    return rows
  }

  /** An account of this role, made by the superuser; its id. */
  async function addUser(username: string, role: string): Promise<number> {
    const root = await signIn(one, 'superadmin', SUPERUSER_PASSWORD)
    const { status, body } = await ask(one, 'POST', '/api/users', root, {
      username,
      email: `${username}@lab.example`,
      role,
      password: PASSWORD,
    })
    if (status !== 201) {
      throw new Error(JSON.stringify(body))
    }
    return body.id
  }

  test('set one database up once, when two web servers start on it at the same time', async ({ assert }) => {
    ;[one, two] = await Promise.all([stack.startWeb(), stack.startWeb()])
    await Promise.all([whenHealthy(one), whenHealthy(two)])

    const [migrations] = await select(
      'select count(*)::int as all, count(distinct name)::int as own from adonis_schema'
    )
    assert.equal(migrations!.all, migrations!.own)
    assert.deepEqual(await select('select username, role from users'), [{ username: 'superadmin', role: 'superuser' }])
    assert.notInclude(one.output() + two.output(), SUPERUSER_PASSWORD)
  })

  test('sign out on both web servers at once', async ({ assert }) => {
    const token = await signIn(one, 'superadmin', SUPERUSER_PASSWORD)
    assert.equal((await ask(two, 'GET', '/api/me', token)).status, 200)

    await ask(one, 'POST', '/api/logout', token)

    assert.equal((await ask(two, 'GET', '/api/me', token)).status, 401)
  })

  test('change a role and switch an account off on both at once', async ({ assert }) => {
    const id = await addUser('mira', 'admin')
    const token = await signIn(two, 'mira', PASSWORD)
    const root = await signIn(one, 'superadmin', SUPERUSER_PASSWORD)
    const item = (serial: string) => ({ hostname: 'bench', serial_number: serial, item_type: 'Server' })
    assert.equal((await ask(two, 'POST', '/api/items', token, item('STK-0001'))).status, 201)

    await ask(one, 'PUT', `/api/users/${id}`, root, { role: 'viewer' })
    const asViewer = await ask(two, 'POST', '/api/items', token, item('STK-0002'))
    await ask(one, 'PUT', `/api/users/${id}`, root, { is_active: false })
    const asNobody = await ask(two, 'GET', '/api/me', token)

    assert.equal(asViewer.status, 403)
    assert.equal(asNobody.status, 401)
  })

  test('count wrong passwords together', async ({ assert }) => {
    await addUser('noor', 'viewer')
    const statuses: number[] = []
    for (let attempt = 0; attempt < 11; attempt++) {
      const web = attempt % 2 === 0 ? one : two
      const { status } = await ask(web, 'POST', '/api/login', null, { username: 'noor', password: 'wrong' })
      statuses.push(status)
    }

    assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 401), 429])
  })

  test('show metrics of the stack on each web server', async ({ assert }) => {
    const { status, body } = await ask(two, 'GET', '/metrics', stack.secret('metrics_token'))

    assert.equal(status, 200)
    assert.match(body, /^laim_database_up 1$/m)
  })

  test('run each turn of the schedule once, backups too, with two workers that start at the same time', async ({
    assert,
  }) => {
    const lab = stack.start(['lab:simulate', '--json'])
    const line = await eventually(async () => /^\{.*\}$/m.exec(lab.output())?.[0] ?? null)
    stack.set({ ...JSON.parse(line).environment, SYNC_RATE_LIMIT: '1000' })
    const workers = [stack.start(['worker']), stack.start(['worker'])]
    await eventually(async () => {
      const [run] = await select(`select status from sync_runs where parent_id is null`)
      return run?.status === 'completed' ? true : null
    })

    assert.lengthOf(await select('select id from sync_runs where parent_id is null'), 1)
    const backups = await eventually(() => Promise.resolve(wholeBackups(`${image.folder}/home/backups`)))
    assert.deepEqual(await Promise.all(workers.map((worker) => worker.stop())), [0, 0])
    await lab.stop()
    assert.lengthOf(backups, 1)
    assert.deepEqual(wholeBackups(`${image.folder}/home/backups`), backups)
  })

  test('are backed up while they serve, and the backup can be restored without a server', async ({ assert }) => {
    const folder = `${image.folder}/home`
    const backup = stack.start(['backup:create', '--to', `${folder}/backups`, '--keep', '14', '--json'])
    assert.equal(await backup.done(), 0, backup.output())
    const { path } = JSON.parse(/^\{.*\}$/m.exec(backup.output())![0]) as { path: string }

    const drill = { DATABASE_URL: `sqlite:${folder}/drill/laim.sqlite3` }
    const restore = stack.start(['backup:restore', path], drill)
    assert.equal(await restore.done(), 0, restore.output())
    const doctor = stack.start(['doctor', '--verify', '--json'], drill)
    await doctor.done()

    const { findings } = JSON.parse(/^\{.*\}$/m.exec(doctor.output())![0]) as {
      findings: { check: string; status: string }[]
    }
    const statuses = Object.fromEntries(findings.map(({ check, status }) => [check, status]))
    assert.containsSubset(statuses, { database: 'pass', migrations: 'pass', search: 'pass', inventory: 'pass' })
  })

  test('end in order when they are told to', async ({ assert }) => {
    assert.deepEqual(await Promise.all([one.stop(), two.stop()]), [0, 0])
  })

  test('end when they are told to while they set themselves up')
    .with([300, 600, 900])
    .run(async ({ assert }, afterMs) => {
      const web = await stack.startWeb()
      await sleep(afterMs)

      const toldAt = performance.now()
      assert.equal(await web.stop(), 0, web.output())
      assert.isBelow(performance.now() - toldAt, STOP_MS)
    })

  test('end when they are told to while they wait for the database', async ({ assert, cleanup }) => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    cleanup(() => void silent.close())
    const { port } = silent.address() as AddressInfo
    const web = stack.start(['web'], { POSTGRES_HOST: '127.0.0.1', POSTGRES_PORT: String(port) })
    const [socket] = (await once(silent, 'connection')) as [Socket]
    const toldAt = performance.now()
    const code = await web.stop()
    socket.destroy()

    assert.equal(code, 0, web.output())
    assert.isBelow(performance.now() - toldAt, STOP_MS)
  })
})
