import {
  CONTRACT_VERSION,
  SourceError,
  type RegistrationOptions,
  type AnySourcePlugin,
  type SourcePluginFactory,
  type SourceRegistry,
  type SourceSimulator,
} from '@laim/sdk'
import { isInContractRange } from './contract_range.js'

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

interface Registration extends RegistrationOptions {
  readonly factory: SourcePluginFactory
}

/** The plugins that announced themselves. Each is loaded when it is first asked for; a broken one harms only itself. */
export class PluginRegistry implements SourceRegistry {
  readonly #registrations = new Map<string, Registration>()
  readonly #loaded = new Map<string, Promise<AnySourcePlugin>>()
  #isFrozen = false

  register(id: string, factory: SourcePluginFactory, options: RegistrationOptions = {}): void {
    const from = options.from ?? 'an unnamed package'
    if (this.#isFrozen) {
      throw contractError(`"${id}" of ${from} came too late: sources register in their provider's register()`)
    }
    if (!ID.test(id)) {
      throw contractError(`"${id}" of ${from} is no id of a source: lower-case words joined by hyphens`)
    }
    const other = this.#registrations.get(id)
    if (other) {
      throw contractError(
        `the source "${id}" is registered twice: by ${other.from ?? 'an unnamed package'} and by ${from}; remove one provider`
      )
    }
    this.#registrations.set(id, { ...options, factory })
  }

  /**
   * Loads the plugin. A failed load is not remembered, so that a repaired plugin works without a restart of all.
   *
   * @throws SourceError `contract`: unknown, broken on import, of another id or contract version
   */
  resolve(id: string): Promise<AnySourcePlugin> {
    const known = this.#loaded.get(id)
    if (known) {
      return known
    }
    const loading = this.#load(id)
    this.#loaded.set(id, loading)
    loading.catch(() => this.#loaded.delete(id))
    return loading
  }

  async simulator(id: string): Promise<SourceSimulator | null> {
    return (await this.#registrations.get(id)?.simulator?.()) ?? null
  }

  hasSimulator(id: string): boolean {
    return this.#registrations.get(id)?.simulator !== undefined
  }

  ids(): readonly string[] {
    return [...this.#registrations.keys()]
  }

  freeze(): void {
    this.#isFrozen = true
  }

  async #load(id: string): Promise<AnySourcePlugin> {
    const registration = this.#registrations.get(id)
    if (!registration) {
      throw contractError(`there is no plugin "${id}"; known are: ${this.ids().join(', ') || 'none'}`)
    }

    let plugin: AnySourcePlugin
    try {
      plugin = await registration.factory()
    } catch (cause) {
      const reason = cause instanceof Error ? `${cause.name}: ${cause.message.split('\n', 1)[0]}` : String(cause)
      throw contractError(`the plugin "${id}" cannot be loaded (${reason})`, cause)
    }
    assertFits(id, plugin)
    return plugin
  }
}

function assertFits(id: string, plugin: AnySourcePlugin | undefined): asserts plugin is AnySourcePlugin {
  const manifest = plugin?.manifest
  if (!manifest || typeof plugin.discover !== 'function' || typeof plugin.check !== 'function') {
    throw contractError(`the plugin "${id}" does not export a source (defineSource)`)
  }
  if (manifest.id !== id) {
    throw contractError(`the plugin registered as "${id}" says it is "${manifest.id}"`)
  }
  if (!isInContractRange(manifest.contract, CONTRACT_VERSION)) {
    throw new SourceError({
      kind: 'contract',
      code: 'E_SOURCE_INCOMPATIBLE',
      message: `the plugin "${id}" ${manifest.version} needs contract ${manifest.contract}, this LAIM has ${CONTRACT_VERSION}`,
    })
  }
}

function contractError(message: string, cause?: unknown): SourceError {
  return new SourceError({ kind: 'contract', code: 'E_SOURCE_PLUGIN', message }, { cause })
}
