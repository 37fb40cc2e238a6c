import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { TEST_PASSWORD } from '#database/factories/user_factory'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig } from '#services/sources/define_config'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { asUser } from '#tests/helpers/as_user'
import { sendRaw } from '#tests/helpers/raw_request'
import { acmePlugin } from '../../unit/sources/acme.js'

/** Sends what curl would send for a command line of LAIM 1.0's documentation, which knows only -X, -H and -d. */
async function curl(line: string, token = '') {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s\\]+)/g)].map(([, one, two, three]) => one ?? two ?? three!)
  const headers: Record<string, string> = { 'User-Agent': 'curl/7.88.1', 'Accept': '*/*' }
  let [method, path, body]: [string, string, string | undefined] = ['GET', '', undefined]
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!
    if (word === '-X') {
      method = words[++at]!
    } else if (word === '-H') {
      const [name = '', value = ''] = words[++at]!.replace('<your_token>', token).split(': ')
      headers[name] = value
    } else if (word === '-d') {
      body = words[++at]
    } else {
      path = word.replace('http://localhost:8000', '')
    }
  }
  const answer = await sendRaw(method, path, headers, body)
  return { status: answer.status, body: JSON.parse(answer.text) }
}

/** Sources of the names that the documentation uses. Nothing listens where they are. */
function useNamedSources() {
  const registry = new PluginRegistry()
  registry.register('acme', async () => acmePlugin())
  const settings = { baseUrl: 'http://127.0.0.1:9', token: 'tok-s3cr3t-99' }
  const sources = new ConfiguredSources(
    defineConfig({
      requestsPerSecond: 10,
      isSimulated: false,
      schedule: { isEnabled: true, intervalHours: 6 },
      instances: ['librenms', 'netdisco'].map((name, rank) => ({ name, plugin: 'acme', rank, settings })),
    }),
    registry
  )
  app.container.swap(PluginRegistry, () => registry)
  app.container.swap(ConfiguredSources, () => sources)
  return () => {
    app.container.restore(PluginRegistry)
    app.container.restore(ConfiguredSources)
  }
}

const EXAMPLES: [what: string, line: string][] = [
  [
    'all sources',
    `curl -X POST http://localhost:8000/api/sync/trigger \\
  -H "Cookie: access_token=<your_token>" \\
  -H "Content-Type: application/json" \\
  -d '{"source": "all"}'`,
  ],
  [
    'Netdisco only',
    `curl -X POST http://localhost:8000/api/sync/trigger \\
  -H "Content-Type: application/json" \\
  -d '{"source": "netdisco"}'`,
  ],
  [
    'LibreNMS only',
    `curl -X POST http://localhost:8000/api/sync/trigger \\
  -H "Content-Type: application/json" \\
  -d '{"source": "librenms"}'`,
  ],
]

test.group("The curl examples of LAIM 1.0's documentation", (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => useNamedSources())

  for (const [what, line] of EXAMPLES) {
    test(`sync ${what}, with the token of a sign-in`, async ({ assert }) => {
      const { user } = await asUser('admin')
      const credentials = JSON.stringify({ username: user.username, password: TEST_PASSWORD })
      const login = await curl(
        `curl -X POST http://localhost:8000/api/login -H "Content-Type: application/json" -d '${credentials}'`
      )
      const withToken = line.includes('Cookie') ? line : line.replace('-H', '-H "Cookie: access_token=<your_token>" -H')

      const started = await curl(withToken, login.body.access_token)
      const stranger = await curl(line, 'nonsense')
      const path = `http://localhost:8000/api/sync/status/${started.body.sync_id}`
      const status = await curl(`curl ${path} -H "Authorization: Bearer <your_token>"`, login.body.access_token)
      const history = await curl(
        'curl http://localhost:8000/api/sync/history -H "Cookie: access_token=<your_token>"',
        login.body.access_token
      )

      assert.deepEqual([started.status, stranger.status, status.status, history.status], [202, 401, 200, 200])
      assert.equal(status.body.status, 'queued')
      assert.equal(history.body[0].id, started.body.sync_id)
    })
  }

  test('ask for the health without a token', async ({ assert }) => {
    const health = await curl('curl http://localhost:8000/health')

    assert.containsSubset(health, { status: 200, body: { status: 'ok' } })
  })
})
