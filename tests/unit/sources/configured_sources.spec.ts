import { Secret } from '@adonisjs/core/helpers'
import { test } from '@japa/runner'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig, type SourceInstance } from '#services/sources/define_config'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { acmePlugin, acmeWorld } from './acme.js'

const URL = 'https://nms.example.org'
const TOKEN = 'tok-s3cr3t-99'

function config(instances: SourceInstance[], isSimulated = false) {
  return defineConfig({
    requestsPerSecond: 10,
    isSimulated,
    schedule: { isEnabled: true, intervalHours: 6 },
    instances,
  })
}

function instance(name: string, settings: SourceInstance['settings'], rank = 10): SourceInstance {
  return { name, plugin: 'acme', rank, settings }
}

function registryOfAcme(stop = () => {}) {
  const registry = new PluginRegistry()
  const simulator = {
    start: async () => ({
      url: 'http://127.0.0.1:9',
      config: { baseUrl: 'http://127.0.0.1:9', token: 'simulated-token' },
      stop: async () => stop(),
    }),
  }
  registry.register('acme', async () => acmePlugin(), { simulator: async () => simulator })
  return registry
}

test.group('Source configuration', () => {
  test('is ordered by rank and refuses names that are used twice, reserved or no words', ({ assert }) => {
    const { instances } = config([instance('b', {}, 20), instance('a', {}, 10)])

    assert.deepEqual(
      instances.map(({ name }) => name),
      ['a', 'b']
    )
    assert.throws(() => config([instance('a', {}), instance('a', {})]), /two sources are named "a"/)
    assert.throws(() => config([instance('all', {})]), /cannot be the name/)
    assert.throws(() => config([instance('Acme 1', {})]), /cannot be the name/)
  })
})

test.group('Configured sources', () => {
  test('takes a source without URL for not configured', async ({ assert }) => {
    const { sources } = acmeWorld({ baseUrl: undefined, token: new Secret(TOKEN) })

    assert.isFalse(sources.isConfigured(sources.get('acme')))
    assert.deepEqual(sources.active(), [])
    await assert.rejects(() => sources.resolve(sources.get('acme')), /is not configured: set its URL/)
  })

  test('wraps secrets and leaves the rest', async ({ assert }) => {
    const { sources } = acmeWorld({ baseUrl: URL, token: new Secret(TOKEN), caFile: undefined })

    const { config: accepted, secrets } = await sources.resolve(sources.get('acme'))

    assert.equal(accepted.baseUrl, URL)
    assert.instanceOf(accepted.token, Secret)
    assert.notInclude(JSON.stringify(accepted), TOKEN)
    assert.deepEqual(secrets, [TOKEN])
  })

  test('names the variables that are missing or wrong, never their values', async ({ assert }) => {
    const missing = acmeWorld({ baseUrl: URL })
    const short = acmeWorld({ baseUrl: 'nonsense', token: 'short' })

    await assert.rejects(
      () => missing.sources.resolve(missing.sources.get('acme')),
      'the source "acme" cannot be used: ACME_API_TOKEN is not set, but ACME_API_URL is'
    )
    const fault = await short.sources.resolve(short.sources.get('acme')).catch((error: Error) => error)
    assert.include(String(fault), 'ACME_API_URL')
    assert.include(String(fault), 'ACME_API_TOKEN')
    assert.notInclude(String(fault), 'nonsense')
  })

  test('refuses the same system under two names', async ({ assert }) => {
    const settings = { baseUrl: `${URL}/a`, token: TOKEN }
    const sources = new ConfiguredSources(
      config([instance('one', settings, 1), instance('two', { ...settings, baseUrl: `${URL}/b` }, 2)]),
      registryOfAcme()
    )

    await sources.resolve(sources.get('one'))
    await assert.rejects(() => sources.resolve(sources.get('two')), /"one" and "two" are the same system/)
  })

  test('selects by name, all when none is named, and knows no others', ({ assert }) => {
    const sources = new ConfiguredSources(
      config([
        instance('one', { baseUrl: URL }, 1),
        instance('two', {}, 2),
        { ...instance('off', { baseUrl: URL }, 3), enabled: false },
      ]),
      registryOfAcme()
    )
    const names = (given: string[]) => sources.select(given).map(({ name }) => name)

    assert.deepEqual(names([]), ['one'])
    assert.deepEqual(names(['all']), ['one'])
    assert.deepEqual(names(['two', 'one', 'two']), ['two', 'one'])
    assert.throws(() => names(['nope']), /There is no source "nope"; known are: one, two, off/)
  })

  test('starts a stand-in for each source of the simulated lab, once, and stops it', async ({ assert }) => {
    let stops = 0
    const sources = new ConfiguredSources(
      config([instance('acme', {})], true),
      registryOfAcme(() => stops++)
    )

    const [{ config: accepted }] = await Promise.all([
      sources.resolve(sources.get('acme')),
      sources.resolve(sources.get('acme')),
    ])
    await sources.stopSimulators()

    assert.equal(accepted.baseUrl, 'http://127.0.0.1:9')
    assert.equal(stops, 1)
  })
})
