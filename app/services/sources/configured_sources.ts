import { SourceError, type AnySourcePlugin, type SourceRegistry } from '@laim/sdk'
import { ALL_SOURCES, type SourceInstance, type SourcesConfig } from './define_config.js'
import { UnknownSource } from './errors.js'
import { Simulators } from './simulators.js'
import { acceptSettings, isSet, type AcceptedSettings } from './source_settings.js'

/** A source whose settings were accepted by its plugin. */
export interface ResolvedSource extends AcceptedSettings {
  readonly instance: SourceInstance
  readonly plugin: AnySourcePlugin
}

/** The sources of config/sources.ts, and what their settings come to. */
export class ConfiguredSources {
  readonly config: SourcesConfig
  readonly #registry: SourceRegistry
  readonly #simulators: Simulators
  readonly #resolved = new Map<string, Promise<ResolvedSource>>()

  constructor(config: SourcesConfig, registry: SourceRegistry) {
    this.config = config
    this.#registry = registry
    this.#simulators = new Simulators(registry)
  }

  /** All of them by rank, configured or not. */
  list(): readonly SourceInstance[] {
    return this.config.instances
  }

  /** Those that a run of `all` reads: enabled and configured, by rank. */
  active(): readonly SourceInstance[] {
    return this.list().filter((instance) => instance.enabled !== false && this.isConfigured(instance))
  }

  /** @throws UnknownSource */
  get(name: string): SourceInstance {
    const instance = this.list().find((candidate) => candidate.name === name)
    if (!instance) {
      throw new UnknownSource(
        name,
        this.list().map((known) => known.name)
      )
    }
    return instance
  }

  /**
   * The sources that a caller named, each once; none or `all` means the active ones.
   *
   * @throws UnknownSource
   */
  select(names: readonly string[]): readonly SourceInstance[] {
    if (names.length === 0 || names.includes(ALL_SOURCES)) {
      return this.active()
    }
    return [...new Set(names)].map((name) => this.get(name))
  }

  /** True when there is an address to ask: a base URL, or in the simulated lab a stand-in. */
  isConfigured(instance: SourceInstance): boolean {
    return this.config.isSimulated || isSet(instance.settings.baseUrl)
  }

  /**
   * Loads the plugin of a source and holds the settings against it; in the simulated lab those of the stand-in,
   * which is started.
   *
   * @throws SourceError `config` with one sentence that names the variables, or `contract` for the plugin
   */
  resolve(instance: SourceInstance): Promise<ResolvedSource> {
    const known = this.#resolved.get(instance.name)
    if (known) {
      return known
    }
    const resolving = this.#resolve(instance)
    this.#resolved.set(instance.name, resolving)
    resolving.catch(() => this.#resolved.delete(instance.name))
    return resolving
  }

  stopSimulators(): Promise<void> {
    this.#resolved.clear()
    return this.#simulators.stopAll()
  }

  async #resolve(instance: SourceInstance): Promise<ResolvedSource> {
    if (!this.isConfigured(instance)) {
      throw new SourceError({
        kind: 'config',
        code: 'E_SOURCE_NOT_CONFIGURED',
        message: `the source "${instance.name}" is not configured: set its URL`,
      })
    }
    const plugin = await this.#registry.resolve(instance.plugin)
    if (this.config.isSimulated) {
      const { config } = await this.#simulators.start(instance.plugin)
      return { instance, plugin, ...(await acceptSettings(instance.name, plugin, config)) }
    }
    const accepted = await acceptSettings(instance.name, plugin, instance.settings)
    await this.#assertDistinct(instance, plugin, accepted.fingerprint)
    return { instance, plugin, ...accepted }
  }

  /** The same system under two names would claim everything twice; the later entry is refused. */
  async #assertDistinct(instance: SourceInstance, plugin: AnySourcePlugin, fingerprint: string): Promise<void> {
    const earlier = this.list().slice(0, this.list().indexOf(instance))
    for (const other of earlier.filter((known) => known.plugin === instance.plugin && this.isConfigured(known))) {
      const accepted = await acceptSettings(other.name, plugin, other.settings).catch(() => null)
      if (accepted?.fingerprint === fingerprint) {
        throw new SourceError({
          kind: 'config',
          code: 'E_SOURCE_TWICE',
          message: `the sources "${other.name}" and "${instance.name}" are the same system; remove one of them`,
        })
      }
    }
  }
}
