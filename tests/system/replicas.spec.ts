import { test } from '@japa/runner'
import { CrashLab } from '../functional/durability/crash_lab.js'
import { RunningProcess, RunningServer } from './running_server.js'

const LIMIT = 100
/** Requests of a token that a process answers before it tells the others of them. */
const STEP = LIMIT / 20

const MINUTE_MS = 60_000

test.group('Two web servers on one PostgreSQL', (group) => {
  let lab: CrashLab
  let [one, other] = [] as unknown as [RunningServer, RunningServer]

  group.setup(async () => {
    lab = await CrashLab.start('PostgreSQL')
    await lab.fresh()
    await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
    const settings = { API_RATE_LIMIT: String(LIMIT) }
    const start = () => RunningServer.start(lab.url, settings)
    ;[one, other] = await Promise.all([start(), start()])
    await one.signIn()
    return async () => {
      await Promise.all([one.kill(), other.kill()])
      await lab.settle()
      await lab.stop()
    }
  })

  /** A new admin, signed in at the one. */
  async function admin(username: string) {
    const account = { username, email: `${username}@example.org`, password: 'a-long-Password-4712', role: 'admin' }
    const { id } = JSON.parse((await one.post('/api/users', account)).text)
    const login = await one.post('/api/login', { username, password: account.password })
    const headers = { authorization: `Bearer ${JSON.parse(login.text).access_token}` }
    return { id, headers, account }
  }

  /** Asks for a page as a browser with these cookies and nothing else. */
  async function visit(server: RunningServer, path: string, cookie = '', body: URLSearchParams | null = null) {
    const headers = { accept: 'text/html', cookie }
    const answer = await fetch(server.url + path, { method: body ? 'POST' : 'GET', headers, body, redirect: 'manual' })
    const cookies = answer.headers.getSetCookie().map((pair) => pair.split(';')[0])
    const leadsTo = answer.headers.get('location')
    return { status: answer.status, leadsTo, cookie: cookies.join('; '), text: await answer.text() }
  }

  /** Signs in by the form of the console; answers the cookies. */
  async function openConsole(server: RunningServer, { username, password }: { username: string; password: string }) {
    const form = await visit(server, '/login')
    const csrf = /name=['"]_csrf['"][^>]*value=['"]([^'"]+)/.exec(form.text)![1]!
    const { cookie } = await visit(
      server,
      '/login',
      form.cookie,
      new URLSearchParams({ username, password, _csrf: csrf })
    )
    return cookie
  }

  const item = (hostname: string) => ({ hostname, item_type: 'Switch' })

  test('F17: signing out at the one counts at the other from the next request on', async ({ assert }) => {
    const { headers } = await admin('anna')
    assert.equal((await other.get('/api/me', headers)).status, 200)

    assert.equal((await one.request('POST', '/api/logout', undefined, headers)).status, 204)

    assert.equal((await other.get('/api/me', headers)).status, 401)
  })

  test('F17: a role that is changed at the one counts at the other from the next request on', async ({ assert }) => {
    const { id, headers } = await admin('bela')
    assert.equal((await other.request('POST', '/api/items', item('sw-1'), headers)).status, 201)

    assert.equal((await one.request('PUT', `/api/users/${id}`, { role: 'viewer' })).status, 200)

    assert.equal((await other.request('POST', '/api/items', item('sw-2'), headers)).status, 403)
    assert.equal((await other.get('/api/items', headers)).status, 200)
  })

  test('F17: an account that is switched off at the one is out at the other from the next request on', async ({
    assert,
  }) => {
    const { id, headers } = await admin('carla')
    assert.equal((await other.get('/api/me', headers)).status, 200)

    assert.equal((await one.request('PUT', `/api/users/${id}`, { is_active: false })).status, 200)

    assert.equal((await other.get('/api/me', headers)).status, 401)
  })

  test('F17: a session of the console that ends at the one is over at the other', async ({ assert }) => {
    const { account } = await admin('dora')
    const cookie = await openConsole(one, account)
    assert.equal((await visit(other, '/', cookie)).status, 200)

    assert.equal((await visit(one, '/logout', cookie)).status, 303)

    assert.containsSubset(await visit(other, '/', cookie), { status: 303, leadsTo: '/login' })
  })

  test('count the requests of a token together', async ({ assert }) => {
    const { headers } = await admin('edda')
    const minute = () => Math.floor(Date.now() / MINUTE_MS)
    let answered: number
    let began: number
    do {
      began = minute()
      answered = 0
      for (let asked = 0; asked < 2 * LIMIT; asked++) {
        const { status } = await (asked % 2 === 0 ? one : other).get('/api/me', headers)
        answered += status === 200 ? 1 : 0
      }
    } while (minute() !== began)

    assert.isAtLeast(answered, LIMIT)
    assert.isAtMost(answered, LIMIT + 2 * STEP)
  })

  test('count the wrong passwords of an account together', async ({ assert }) => {
    const { account } = await admin('fenja')
    const statuses: number[] = []
    for (let attempt = 0; attempt < 11; attempt++) {
      const wrong = { username: account.username, password: 'wrong' }
      statuses.push((await (attempt % 2 === 0 ? one : other).post('/api/login', wrong)).status)
    }

    assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 401), 429])
  })
})
