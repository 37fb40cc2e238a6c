import { test } from '@japa/runner'
import { makeLab } from '@laim/sdk/lab'
import { startNetdisco, type RunningNetdisco } from '../simulator/main.js'

const JSON_ONLY = { accept: 'application/json' }
const form = (password: string) => new URLSearchParams({ username: 'LAIM', password })
const [device] = makeLab().filter((each) => each.seenBy.netdisco)
const ip = device!.views.netdisco.ip

async function keyOf({ url, config }: RunningNetdisco): Promise<string> {
  const body = form(String(config.password))
  const answer = await fetch(`${url}/login`, { method: 'POST', headers: JSON_ONLY, body })
  return ((await answer.json()) as { api_key: string }).api_key
}

test.group('Simulated Netdisco', (group) => {
  let netdisco: RunningNetdisco
  let headers: Record<string, string>

  group.setup(async () => {
    netdisco = await startNetdisco()
    headers = { ...JSON_ONLY, authorization: `Apikey ${await keyOf(netdisco)}` }
    return () => netdisco.stop()
  })

  function get(path: string, given: Record<string, string> = headers): Promise<Response> {
    return fetch(`${netdisco.url}${path}`, { headers: given, redirect: 'manual' })
  }

  test('gives the same key at the second login and cuts Basic passwords at the colon', async ({ assert }) => {
    const authorization = `Basic ${Buffer.from('laim:simul:ated').toString('base64')}`

    const again = await keyOf(netdisco)
    const basic = await fetch(`${netdisco.url}/login`, {
      method: 'POST',
      headers: { ...JSON_ONLY, authorization },
    })

    assert.equal(`Apikey ${again}`, headers.authorization)
    assert.equal(basic.status, 401)
    assert.deepEqual(await basic.json(), { error: 'authentication failed' })
  })

  test('sends a browser to its pages', async ({ assert }) => {
    const login = await fetch(`${netdisco.url}/login`, {
      method: 'POST',
      body: form('simul:ated'),
      redirect: 'manual',
    })

    assert.equal(login.status, 302)
    assert.equal(login.headers.get('location'), '/inventory')
  })

  test('answers {path} with status {status}')
    .with([
      { path: '/api/v1/search/device', status: 400 },
      { path: '/api/v1/search/device?limit=5', status: 400 },
      { path: '/api/v1/search/device?limit=abc&offset=0', status: 500 },
      { path: '/api/v1/search/device?limit=-1&offset=0', status: 500 },
      { path: '/api/v1/search/device?limit=5&offset=0&fields=ip,nosuch', status: 500 },
      { path: '/api/v1/search/device/?q=sw', status: 404 },
      { path: '/api/v1/object/device/203.0.113.250', status: 404 },
      { path: '/api/v1/object/device/203.0.113.250/nodes', status: 200 },
      { path: '/api/v1/users', status: 302 },
      { path: '/swagger.json', status: 200 },
    ])
    .run(async ({ assert }, { path, status }) => {
      const answer = await get(path)

      assert.equal(answer.status, status)
    })

  test('refuses a wrong key with nothing, and a missing one in words', async ({ assert }) => {
    const path = '/api/v1/search/device?limit=1&offset=0'
    const wrong = await get(path, { ...JSON_ONLY, authorization: `Apikey ${'0'.repeat(32)}` })
    const missing = await get(path, JSON_ONLY)

    assert.deepEqual([wrong.status, await wrong.text()], [401, ''])
    assert.deepEqual([missing.status, ((await missing.json()) as { error: string }).error], [401, 'not authorized'])
  })

  test('answers CSV to whoever does not ask for JSON', async ({ assert }) => {
    const answer = await get('/api/v1/search/device?limit=1&offset=0', {
      authorization: headers.authorization!,
    })

    assert.include(answer.headers.get('content-type'), 'comma-separated')
    assert.match(await answer.text(), /^Device,Location/)
  })

  test('adds columns that nobody asked for as null', async ({ assert }) => {
    const answer = await get('/api/v1/search/device?limit=1&offset=0&fields=ip,name')

    const [row] = (await answer.json()) as Record<string, unknown>[]
    assert.isNull(row?.serial)
    assert.property(row, 'module_serials')
    assert.notProperty(row, 'mac')
  })

  test('shows the SNMP community of a single device, as the real one does', async ({ assert }) => {
    const answer = await get(`/api/v1/object/device/${ip}`)

    const row = (await answer.json()) as Record<string, unknown>
    assert.equal(row.ip, ip)
    assert.property(row, 'snmp_comm')
  })

  test('finds nothing behind the last page', async ({ assert }) => {
    const answer = await get('/api/v1/search/device?limit=10&offset=100000')

    assert.deepEqual(await answer.json(), [])
  })
})
