import { SourceError, type RunningSimulator, type SourceRegistry } from '@laim/sdk'

/**
 * The stand-ins of this process, started when first needed. Every process has its own and all serve the same
 * devices, because the lab is made from its seed.
 */
export class Simulators {
  readonly #registry: SourceRegistry
  readonly #running = new Map<string, Promise<RunningSimulator>>()

  constructor(registry: SourceRegistry) {
    this.#registry = registry
  }

  /** @throws SourceError `config` when the plugin brings no simulator */
  start(pluginId: string): Promise<RunningSimulator> {
    const known = this.#running.get(pluginId)
    if (known) {
      return known
    }
    const starting = this.#start(pluginId)
    this.#running.set(pluginId, starting)
    starting.catch(() => this.#running.delete(pluginId))
    return starting
  }

  async stopAll(): Promise<void> {
    const running = [...this.#running.values()]
    this.#running.clear()
    await Promise.allSettled(running.map((starting) => starting.then((simulator) => simulator.stop())))
  }

  async #start(pluginId: string): Promise<RunningSimulator> {
    const simulator = await this.#registry.simulator(pluginId)
    if (!simulator) {
      throw new SourceError({
        kind: 'config',
        code: 'E_SOURCE_NO_SIMULATOR',
        message: `the plugin "${pluginId}" brings no simulator; set SIMULATED_LAB=false`,
      })
    }
    return simulator.start()
  }
}
