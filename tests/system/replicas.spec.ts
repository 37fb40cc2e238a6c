import { test } from '@japa/runner'
import { CrashLab } from '../functional/durability/crash_lab.js'
import { RunningProcess, RunningServer } from './running_server.js'

test.group('Two web servers on one PostgreSQL', (group) => {
  let lab: CrashLab
  let [one, other] = [] as unknown as [RunningServer, RunningServer]

  group.setup(async () => {
    lab = await CrashLab.start('PostgreSQL')
    await lab.fresh()
    await RunningProcess.command(['setup'], { DATABASE_URL: lab.url })
    ;[one, other] = await Promise.all([RunningServer.start(lab.url), RunningServer.start(lab.url)])
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
    return { id, headers }
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
})
