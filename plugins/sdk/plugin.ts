import type { CheckReport } from './check.ts'
import type { SourceConfigDefinition } from './config.ts'
import type { SourceContext } from './context.ts'
import type { Checkpoint, DiscoverRequest, ObservationPage } from './discovery.ts'
import type { SourceManifest } from './manifest.ts'

/** Turns one upstream system into pages of observations. All that writes, decides or retries is core's. */
export interface SourcePlugin<C extends object = object, K extends Checkpoint = Checkpoint> {
  readonly manifest: SourceManifest
  readonly config: SourceConfigDefinition<C>
  /** Read-only, at most 15 s, safe to call at any time; reports, does not throw for expected failures. */
  check(context: SourceContext<C>): Promise<CheckReport>
  /** Read-only. Pull-driven: core asks for the next page only after the previous one is committed. */
  discover(context: SourceContext<C>, request: DiscoverRequest<K>): AsyncIterable<ObservationPage<K>>
}

/** A plugin whatever its settings are; only its own validator knows them. */
export type AnySourcePlugin = SourcePlugin<never>

/** Returns the plugin as it is; carries the inference of its types. */
export function defineSource<C extends object, K extends Checkpoint = Checkpoint>(
  plugin: SourcePlugin<C, K>
): SourcePlugin<C, K> {
  return plugin
}
