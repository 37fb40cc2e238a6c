import { Writable } from 'node:stream'
import app from '@adonisjs/core/services/app'
import { Logger } from '@adonisjs/core/logger'
import { SourceError, type RunningSimulator } from '@laim/sdk'
import { certify, type Bench, type Certificate } from '@laim/sdk/testing'
import { ConfiguredSources } from '../configured_sources.js'
import { defineConfig } from '../define_config.js'
import { OpenSource } from '../open_source.js'
import { PluginRegistry } from '../plugin_registry.js'
import { startDisturbedPeer } from './disturbed_peer.js'

/** Faults are made on purpose: no waiting, no retries. */
const QUICK = { requestsPerSecond: 10_000, retries: false, connectMs: 2_000, headersMs: 10_000, tryMs: 20_000 }

/** Holds a plugin against the contract: it reads its own stand-in, well and sick, with core's own HTTP client. */
export class CertifySource {
  /** @throws SourceError `contract` for an unknown plugin, `config` for one that brings no stand-in */
  async handle(pluginId: string): Promise<Certificate> {
    const registry = await app.container.make(PluginRegistry)
    await registry.resolve(pluginId)
    const simulator = await registry.simulator(pluginId)
    if (!simulator) {
      throw new SourceError({
        kind: 'config',
        code: 'E_SOURCE_NO_SIMULATOR',
        message: `the plugin "${pluginId}" brings no simulator: there is nothing that it could be certified with`,
      })
    }
    const running = await simulator.start()
    const peer = await startDisturbedPeer(String(running.config.baseUrl))
    try {
      return await certify(await openBench(registry, pluginId, running, peer))
    } finally {
      await peer.stop()
      await running.stop()
    }
  }
}

async function openBench(
  registry: PluginRegistry,
  pluginId: string,
  running: RunningSimulator,
  peer: Awaited<ReturnType<typeof startDisturbedPeer>>
): Promise<Bench> {
  const settings = { ...running.config, baseUrl: peer.url }
  const schedule = { isEnabled: false, intervalHours: 6 }
  const instances = [{ name: pluginId, plugin: pluginId, rank: 10, settings }]
  const config = defineConfig({ requestsPerSecond: QUICK.requestsPerSecond, isSimulated: false, schedule, instances })
  const logged: string[] = []
  const destination = new Writable({
    write(line, _encoding, done) {
      logged.push(String(line))
      done()
    },
  })
  const logger = new Logger({ enabled: true, level: 'trace', destination })
  const openSource = new OpenSource(new ConfiguredSources(config, registry), logger)
  return {
    plugin: await registry.resolve(pluginId),
    settings,
    peer,
    logged,
    open: async () => {
      const abort = new AbortController()
      const run = { id: 'certify', attempt: 1 }
      const opened = await openSource.handle(pluginId, { signal: abort.signal, run, limits: QUICK })
      return { context: opened.context, abort: () => abort.abort(), close: () => opened.close() }
    },
  }
}
