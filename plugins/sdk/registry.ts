import type { AnySourcePlugin } from './plugin.ts'
import type { SourceSimulator } from './simulator.ts'

/** Lazy on purpose: a plugin that is installed but unused costs nothing. */
export type SourcePluginFactory = () => Promise<AnySourcePlugin>
export type SimulatorFactory = () => Promise<SourceSimulator>

export interface RegistrationOptions {
  readonly simulator?: SimulatorFactory
  /** Package or folder the registration comes from; named when two claim one id. */
  readonly from?: string
}

/** Bound as `laim.sources`; a plugin's provider registers in its `register()` through `resolving`. */
export interface SourceRegistry {
  register(id: string, factory: SourcePluginFactory, options?: RegistrationOptions): void
  /** Throws SourceError (`contract`) when the plugin is unknown, broken or of another contract version. */
  resolve(id: string): Promise<AnySourcePlugin>
  /** null when the plugin brings none. */
  simulator(id: string): Promise<SourceSimulator | null>
  ids(): readonly string[]
  /** Later registrations throw. */
  freeze(): void
}

declare module '@adonisjs/core/types' {
  interface ContainerBindings {
    'laim.sources': SourceRegistry
  }
}
