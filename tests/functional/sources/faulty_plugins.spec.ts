import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { WorkNow } from '#services/sync/work_now'
import { asUser } from '#tests/helpers/as_user'
import { observation } from '#tests/helpers/engine_world'
import { scriptedSource } from '#tests/helpers/scripted_source'
import { eachWithEmptyInventory } from '../console/console_client.js'

/** Three plugins: one that throws when it is imported, one for another contract, one that works. */
function useFaultyPlugins() {
  const works = () =>
    scriptedSource('works', 'stable', () => ({
      observations: [observation({ id: '1', hostname: 'sw-1', serial: 'SNX1001Q' })],
    }))
  const registry = new PluginRegistry()
  registry.register('throws', async () => {
    throw new SyntaxError('Unexpected token')
  })
  registry.register('newer', async () => {
    const { manifest, ...plugin } = scriptedSource('newer', 'stable', () => ({ observations: [] }))
    return { ...plugin, manifest: { ...manifest, contract: '^9.0.0' } }
  })
  registry.register('works', async () => works())
  const settings = { baseUrl: 'http://127.0.0.1:9/' }
  const instances = ['throws', 'newer', 'works'].map((name, rank) => ({ name, plugin: name, rank, settings }))
  const sources = new ConfiguredSources(
    defineConfig({
      requestsPerSecond: 100,
      isSimulated: false,
      schedule: { isEnabled: false, intervalHours: 6 },
      instances,
    }),
    registry
  )
  app.container.swap(PluginRegistry, () => registry)
  app.container.swap(ConfiguredSources, () => sources)
  app.container.swap(OpenSource, () => new OpenSource(sources, logger))
  return () => {
    app.container.restore(PluginRegistry)
    app.container.restore(ConfiguredSources)
    app.container.restore(OpenSource)
  }
}

test.group('A plugin that cannot be used', (group) => {
  eachWithEmptyInventory(group)
  group.each.setup(() => useFaultyPlugins())

  const REASONS = {
    throws: /cannot be loaded \(SyntaxError: Unexpected token\)/,
    newer: /needs contract \^9\.0\.0, this LAIM has 1\.\d/,
  }

  for (const [title, name, state] of [
    ['75: because it throws on import is listed with the reason, and the others work', 'throws', 'plugin_fault'],
    ['76: because it is for another contract is listed with both, and the others work', 'newer', 'incompatible'],
  ] as const) {
    test(title, async ({ assert, client }) => {
      const { token } = await asUser('admin')
      const list = await client.get('/api/sources').bearerToken(token)

      list.assertStatus(200)
      const bySource = Object.fromEntries(list.body().map((source: { name: string }) => [source.name, source]))
      assert.equal(bySource[name].health, state)
      assert.match(bySource[name].health_message, REASONS[name])
      assert.notInclude(JSON.stringify(list.body()), 'node_modules', 'no stack')

      const trigger = await client.post('/api/sync/trigger').bearerToken(token).json({ source: 'works' })
      const worker = await app.container.make(WorkNow)
      const run = await worker.handle(trigger.body().sync_id, new AbortController().signal, () => undefined)
      assert.deepEqual([run.errors, run.created], [[], 1])
      const refused = await client.post('/api/sync/trigger').bearerToken(token).json({ source: name })
      const failed = await worker.handle(refused.body().sync_id, new AbortController().signal, () => undefined)
      assert.equal(failed.status, 'failed')
      assert.match(failed.errors[0]!, REASONS[name])
      const health = await client.get('/health')
      health.assertStatus(200)
    })
  }
})
