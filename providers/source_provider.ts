import type { ApplicationService } from '@adonisjs/core/types'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { type SourcesConfig } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'

/** Binds the registry that plugins fill, and what is made of it. Comes before the plugins' providers. */
export default class SourceProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(PluginRegistry, () => new PluginRegistry())
    container.singleton('laim.sources', (resolver) => resolver.make(PluginRegistry))
    container.singleton(ConfiguredSources, async (resolver) => {
      return new ConfiguredSources(this.app.config.get<SourcesConfig>('sources'), await resolver.make('laim.sources'))
    })
    container.singleton(OpenSource, async (resolver) => {
      return new OpenSource(await resolver.make(ConfiguredSources), await resolver.make('logger'))
    })
  }

  /** Plugins announce themselves while providers register; whoever comes later is told so. */
  async start() {
    const registry = await this.app.container.make('laim.sources')
    registry.freeze()
  }

  async shutdown() {
    const sources = await this.app.container.make(ConfiguredSources)
    await sources.stopSimulators()
  }
}
