import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { asUser } from '#tests/helpers/as_user'
import { insertAssets } from '#tests/helpers/asset_factory'
import { openConsole } from '#tests/helpers/cookie_session'
import { effort, probeApi, readPrey } from '#tests/helpers/injection/probe_api'
import { probeSql } from '#tests/helpers/injection/probe_sql'
import { startVulnerableServer } from '#tests/helpers/injection/vulnerable_server'
import { addNames } from '#tests/helpers/lists'
import { sendRaw } from '#tests/helpers/raw_request'

const CONSOLE_QUERIES = ['/?search=', '/?sort=', '/?type=', '/?room=', '/?after=', '/runs?after=', '/users?after=']

test.group('S7: SQL injection', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())
  group.each.setup(async () => {
    await insertAssets([{ hostname: 'one' }, { hostname: 'two' }, { hostname: 'three' }])
  })

  test('S7: is found by the check where there is some, by each technique', async ({ assert, cleanup }) => {
    const ask = await startVulnerableServer(cleanup)
    const found = async (place: 'text' | 'number' | 'order') => {
      const suspicions = await probeSql((payload) => ask(place, payload), effort(true))
      return new Set(suspicions.map(({ technique }) => technique))
    }

    assert.sameMembers([...(await found('text'))], ['boolean', 'error', 'union', 'time'])
    assert.sameMembers([...(await found('number'))], ['boolean', 'error', 'union', 'time'])
    assert.includeMembers([...(await found('order'))], ['boolean', 'error'])
  })

  test('S7: is in no parameter, path, body or header of the API', async ({ assert, client }) => {
    assert.deepEqual(await probeApi(client, false), [])
    assert.deepEqual(await readPrey(), { superusers: 1, rooms: 2 })
  }).timeout(300_000)

  test('S7: is in no credential and in no parameter of the console', async ({ assert }) => {
    const { user, token } = await asUser('superuser')
    const { cookies } = await openConsole(user.username)
    const clean = (payload: string) => payload.replace(/[^\x20-\x7e]/g, '')
    const ways: [string, (payload: string) => Promise<{ status: number; text: string }>][] = [
      ['bearer', (payload) => sendRaw('GET', '/api/me', { Authorization: `Bearer ${clean(payload)}` })],
      ['token id', (payload) => sendRaw('GET', '/api/me', { Authorization: `Bearer ${forge(token, payload)}` })],
      ['cookie', (payload) => sendRaw('GET', '/api/me', { Cookie: `access_token=${encodeURIComponent(payload)}` })],
      ...CONSOLE_QUERIES.map((query): (typeof ways)[number] => [
        query,
        async (payload) => {
          const headers = { 'Cookie': cookies, 'Accept': 'text/html', 'X-Fragment': '1' }
          const { status, text } = await sendRaw('GET', `${query}${encodeURIComponent(payload)}`, headers)
          return { status, text: /<tbody[\s\S]*<\/tbody>/.exec(text)?.[0] ?? '' }
        },
      ]),
    ]

    for (const [name, ask] of ways) {
      assert.deepEqual(await probeSql(ask, effort(false)), [], name)
    }
  })
})

/** A token whose id is something else. */
function forge(token: string, id: string): string {
  return `laim_${Buffer.from(id).toString('base64url')}.${token.split('.')[1]}`
}
