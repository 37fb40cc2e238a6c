import { test } from '@japa/runner'
import type { SourcePlugin } from '@laim/sdk'
import { isInContractRange } from '#services/sources/contract_range'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { acmePlugin } from './acme.js'

test.group('Plugin registry', () => {
  test('loads a plugin when it is first asked for, once', async ({ assert }) => {
    const registry = new PluginRegistry()
    let loads = 0
    registry.register('acme', async () => {
      loads += 1
      return acmePlugin()
    })

    assert.equal(loads, 0)
    const [first, second] = await Promise.all([registry.resolve('acme'), registry.resolve('acme')])

    assert.equal(first, second)
    assert.equal(loads, 1)
    assert.deepEqual(registry.ids(), ['acme'])
  })

  test('refuses an id twice and names both packages', ({ assert }) => {
    const registry = new PluginRegistry()
    registry.register('acme', async () => acmePlugin(), { from: 'plugins/acme' })

    assert.throws(
      () => registry.register('acme', async () => acmePlugin(), { from: 'laim-source-acme' }),
      /"acme" is registered twice: by plugins\/acme and by laim-source-acme/
    )
  })

  test('refuses what comes after it was frozen, and ids that are no words', ({ assert }) => {
    const registry = new PluginRegistry()
    assert.throws(() => registry.register('Acme NMS', async () => acmePlugin()), /no id of a source/)
    registry.freeze()
    assert.throws(() => registry.register('late', async () => acmePlugin()), /came too late/)
  })

  test('keeps a plugin that breaks on import to itself, and tries it again', async ({ assert }) => {
    const registry = new PluginRegistry()
    let isBroken = true
    registry.register('acme', async () => {
      if (isBroken) throw new TypeError('x is not a function\n    at secret stack')
      return acmePlugin()
    })
    registry.register('other', async () => {
      const { manifest, ...plugin } = acmePlugin()
      return { ...plugin, manifest: { ...manifest, id: 'other' } }
    })

    await assert.rejects(
      () => registry.resolve('acme'),
      'the plugin "acme" cannot be loaded (TypeError: x is not a function)'
    )
    const other = await registry.resolve('other')
    isBroken = false
    const repaired = await registry.resolve('acme')

    assert.deepEqual([other.manifest.id, repaired.manifest.id], ['other', 'acme'])
  })

  test('refuses a plugin of another contract version, showing both', async ({ assert }) => {
    const registry = new PluginRegistry()
    const { manifest, ...plugin } = acmePlugin()
    registry.register('acme', async () => ({ ...plugin, manifest: { ...manifest, contract: '^2.0.0' } }))

    await assert.rejects(
      () => registry.resolve('acme'),
      'the plugin "acme" 0.1.0 needs contract ^2.0.0, this LAIM has 1.0.0'
    )
  })

  test('refuses what is no source, or another than it was registered as', async ({ assert }) => {
    const registry = new PluginRegistry()
    registry.register('empty', async () => undefined as unknown as SourcePlugin)
    registry.register('other', async () => acmePlugin())

    await assert.rejects(() => registry.resolve('empty'), /does not export a source/)
    await assert.rejects(() => registry.resolve('other'), /registered as "other" says it is "acme"/)
    await assert.rejects(() => registry.resolve('nope'), /there is no plugin "nope"; known are: empty, other/)
  })

  test('has a simulator only where one was registered', async ({ assert }) => {
    const registry = new PluginRegistry()
    const simulator = { start: async () => ({ url: '', config: {}, stop: async () => {} }) }
    registry.register('acme', async () => acmePlugin(), { simulator: async () => simulator })
    registry.register('bare', async () => acmePlugin())

    assert.equal(await registry.simulator('acme'), simulator)
    assert.isNull(await registry.simulator('bare'))
  })
})

test.group('Contract range', () => {
  test('{range} holds {version}: {holds}')
    .with([
      { range: '^1.0.0', version: '1.4.2', holds: true },
      { range: '^1.5.0', version: '1.4.2', holds: false },
      { range: '^0.2.1', version: '0.3.0', holds: false },
      { range: '~1.4', version: '1.4.9', holds: true },
      { range: '~1.4.1', version: '1.5.0', holds: false },
      { range: '1.x', version: '1.9.9', holds: true },
      { range: '>=1.1.0 <2', version: '1.4.2', holds: true },
      { range: '>=1.1.0 <2', version: '2.0.0', holds: false },
      { range: '^2.0.0 || ^1.0.0', version: '1.0.0', holds: true },
      { range: '1.0.0', version: '1.0.1', holds: false },
      { range: '*', version: '9.9.9', holds: true },
      { range: 'latest', version: '1.0.0', holds: false },
    ])
    .run(({ assert }, { range, version, holds }) => {
      assert.equal(isInContractRange(range, version), holds)
    })
})
