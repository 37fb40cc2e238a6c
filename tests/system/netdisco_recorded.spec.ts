import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { SourceError, type Observation } from '@laim/sdk'
import { findContractFaults, readAll } from '@laim/sdk/testing'
import { NetdiscoClient } from '../../plugins/netdisco/client.js'
import source from '../../plugins/netdisco/source.js'
import { openContext } from '../../plugins/netdisco/tests/open_reading.js'

/*
| Exchanges with a real Netdisco 2.105001, replayed over loopback. They are no part of the repository:
| LAIM_REAL_DATA names the folder that holds them.
*/
const folder = process.env.LAIM_REAL_DATA ? join(process.env.LAIM_REAL_DATA, 'upstream/netdisco-recorded') : null

interface Exchange {
  readonly request: { readonly line: string }
  readonly response: {
    readonly status: number
    readonly headers: readonly (readonly [string, string])[]
    readonly body_text?: string | null
    readonly body_json?: unknown
  }
}

type Replay = (method: string, url: URL) => Exchange
type Cleanup = (undo: () => Promise<void>) => void

/** Answers that are no list; every other recording is a list of devices, chassis, ports or the like. */
const OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  'key': [
    'login_admin',
    'login_after_expiry_new_key',
    'login_allowed_ips_excludes_me',
    'login_form_params_ok',
    'login_ok',
    'login_ok_again_same_key',
    'login_password_with_colon_form',
    'login_permanent_refused_by_config',
    'login_username_case_insensitive',
  ],
  'old server': ['search_limit_only', 'search_no_params', 'search_offset_only'],
  'unknown device': ['device_ports_unknown'],
  'E_NETDISCO_LOGIN_REFUSED': [
    'login_bad_password',
    'login_get',
    'login_no_credentials',
    'login_nopass_user',
    'login_password_with_colon',
    'login_unknown_user',
  ],
  'E_NETDISCO_KEY_REFUSED': [
    'bad_key',
    'bad_key_no_accept',
    'basic_auth_on_api',
    'cookie_only',
    'expired_key',
    'expired_key_object',
    'key_after_cookie_logout',
    'key_from_wrong_ip',
    'no_key',
    'old_key_after_relogin',
    'role_missing_follow_redirect',
  ],
  'E_NETDISCO_ROLE_MISSING': ['role_missing_queue', 'role_missing_users'],
  'E_NETDISCO_REDIRECTED': ['login_accept_star', 'login_no_accept_header_ok'],
  'E_NETDISCO_NOT_FOUND': [
    'device_by_alias_ip',
    'device_by_name',
    'device_unknown',
    'method_post_on_search',
    'search_trailing_slash',
    'statistics_empty',
    'unknown_api_path',
  ],
  'E_NETDISCO_CRASHED': ['search_bad_field', 'search_limit_negative', 'search_limit_notanumber'],
  'E_NETDISCO_ANSWERED_PAGE': ['login_no_accept_header_bad', 'no_key_no_accept'],
  'E_NETDISCO_ANSWERED_CSV': ['html_accept_with_key', 'no_accept_header_with_key'],
  'E_NETDISCO_BROKEN_JSON': ['head_search'],
  'E_NETDISCO_UNEXPECTED_SHAPE': [
    'device_all_null',
    'device_ipv6',
    'device_one',
    'device_port_one',
    'device_port_one_encoded',
    'device_pseudo',
    'logout_with_key',
    'logout_with_session_cookie',
    'search_node_by_mac',
  ],
}

function names(): string[] {
  return folder ? readdirSync(folder).map((file) => file.replace(/\.json$/, '')) : []
}

function recorded(name: string): Exchange {
  return JSON.parse(readFileSync(join(folder ?? '', `${name}.json`), 'utf8'))
}

function expected(name: string): string {
  const known = Object.entries(OUTCOMES).find(([, members]) => members.includes(name))
  return known?.[0] ?? 'list'
}

/** A server that answers with recordings, and a context that reads from it. */
async function replay(cleanup: Cleanup, choose: Replay) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://netdisco.invalid')
    const { response: answer } = choose(request.method ?? '', url)
    const text = answer.body_json ?? null
    for (const [name, value] of answer.headers) {
      if (!/^(content-length|connection|date)$/i.test(name)) response.appendHeader(name, value)
    }
    response.statusCode = answer.status
    response.end(text === null ? (answer.body_text ?? '') : JSON.stringify(text))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  cleanup(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return openContext(cleanup, { baseUrl, username: 'laim', password: 'recorded' })
}

/** Lets the client read one recording in the place where it was recorded, other lists as a device list. */
async function outcomeOf(client: NetdiscoClient, line: string): Promise<unknown> {
  const path = line.split(' ')[1]?.split('?')[0] ?? ''
  try {
    if (path === '/login') return (await client.logIn()) && 'key'
    if (path.endsWith('/ports')) return await client.ports('10.255.255.1')
    if (path.endsWith('/modules')) return await client.modules('10.255.255.1')
    if (path.endsWith('/deviceinventory')) return await client.inventory()
    return (await client.listDevices(0)) ?? 'old server'
  } catch (error) {
    if (SourceError.is(error)) return error.code
    throw error
  }
}

function withoutTimes(observations: readonly Observation[]) {
  return observations
    .map(({ observedAt: _at, href: _href, raw: _raw, ...rest }) => rest)
    .sort((a, b) => (a.nativeId < b.nativeId ? -1 : 1))
}

/** The whole server: its list, its report, and ports of the one device whose ports were recorded so. */
function newServer(method: string, url: URL): Exchange {
  if (method === 'POST') return recorded('login_ok')
  if (url.pathname.endsWith('/deviceinventory')) return recorded('report_deviceinventory')
  if (url.pathname.endsWith('/10.20.12.1/ports')) return recorded('device_ports_linux')
  if (url.pathname.endsWith('/ports')) return recorded('device_ports_unknown')
  return recorded('search_all_laim_fields')
}

/** The same server as one before 2.102000 would answer. */
function oldServer(method: string, url: URL): Exchange {
  const isSearch = url.pathname.endsWith('/search/device')
  if (!isSearch || method === 'POST') return newServer(method, url)
  switch (url.searchParams.get('ip')) {
    case '0.0.0.0/0':
      return recorded('search_ip_prefix_all_v4_seeallcolumns')
    case '::/0':
      return recorded('search_ip_prefix_all_v6')
    default:
      return recorded('search_no_params')
  }
}

test.group('Recorded Netdisco', (group) => {
  group.each.skip(!folder, 'LAIM_REAL_DATA is not set')

  test('understands {$self}')
    .with(names())
    .run(async ({ assert, cleanup }, name) => {
      const exchange = recorded(name)
      const isLogin = exchange.request.line.includes(' /login ')
      const { context } = await replay(cleanup, (method) =>
        method === 'POST' && !isLogin ? recorded('login_ok') : exchange
      )

      const outcome = await outcomeOf(new NetdiscoClient(context.http, context.config), exchange.request.line)

      const { body_json: body } = exchange.response
      const outcomes: Record<string, unknown> = { 'list': body, 'unknown device': [] }
      assert.deepEqual(outcome, outcomes[expected(name)] ?? expected(name))
    })

  test('knows each recording by name', ({ assert }) => {
    const unknown = Object.values(OUTCOMES)
      .flat()
      .filter((name) => !names().includes(name))

    assert.deepEqual(unknown, [])
    assert.lengthOf(names(), 103)
  })

  test('reads the whole server', async ({ assert, cleanup }) => {
    const { context, logged } = await replay(cleanup, newServer)

    const { pages, observations, rejected, final } = await readAll(source, context)

    assert.lengthOf(
      observations.filter((seen) => !seen.partOf),
      61
    )
    assert.deepEqual(rejected, [])
    assert.deepEqual(final, { coverage: 'complete' })
    assert.deepEqual(findContractFaults(source, pages), [])
    assert.notInclude(JSON.stringify([pages, logged]), 's3cr3t')
  })

  test('splits its stacks and keeps the serial of the switch with extenders', async ({ assert, cleanup }) => {
    const { context } = await replay(cleanup, newServer)

    const { observations } = await readAll(source, context)

    const parts = observations.filter((seen) => seen.partOf)
    assert.deepEqual(parts.map((seen) => seen.nativeId).sort(), [
      '10.20.2.1#FCW2410GL00',
      '10.20.2.1#FCW2411GL10',
      '10.20.2.1#FCW2412GL20',
      '10.20.2.2#FCW2410HL01',
      '10.20.2.2#FCW2411HL11',
      '10.20.3.1#SSI15420ABC',
      '10.20.3.1#SSI15420ABD',
      '10.20.5.1#NW3619100123',
      '10.20.5.1#NW3619100456',
    ])
    const serialOf = (id: string) => observations.find((seen) => seen.nativeId === id)?.claims.serialNumber
    assert.isUndefined(serialOf('10.20.2.1'))
    assert.isUndefined(serialOf('10.20.5.1'))
    assert.equal(serialOf('10.20.3.1'), 'JAF1520BNLN')
  })

  test('takes a port address for a device without one, and none that is shared', async ({ assert, cleanup }) => {
    const { context } = await replay(cleanup, newServer)

    const { observations } = await readAll(source, context)

    const router = observations.find((seen) => seen.nativeId === '10.20.12.1')
    assert.equal(router?.claims.macAddress, '00505610351c')
    assert.isEmpty(
      observations.flatMap((seen) =>
        seen.identifiers.filter(({ kind, value }) => kind === 'mac' && /^0{10}|^00005e/.test(value))
      )
    )
  })

  test('sees the same through the form of an old server', async ({ assert, cleanup }) => {
    const fresh = await replay(cleanup, newServer)
    const old = await replay(cleanup, oldServer)

    const [today, then] = [await readAll(source, fresh.context), await readAll(source, old.context)]

    assert.deepEqual(withoutTimes(then.observations), withoutTimes(today.observations))
  })
})
