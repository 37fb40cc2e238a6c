import { type ApplicationService } from '@adonisjs/core/types'
import edge from 'edge.js'
import { BasePath } from '#middleware/base_path'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { toTypeIcon } from '#transformers/console/asset_type_icon'
import { toFormField } from '#transformers/console/form_field'
import { toPresenceLook } from '#transformers/console/looks'
import { toAttributes, toIcon, toMarkedText } from '#transformers/console/markup'
import { toExactTime, toRelativeTime } from '#transformers/console/moment'
import { THEME_LOOKS } from '#transformers/console/theme_looks'
import { learnSourceLabel, toSourceInitials, toSourceLabel } from '#transformers/console/source_name'

/** Gives the templates their words: how times, sources, types and states are written. */
export default class ConsoleProvider {
  constructor(protected app: ApplicationService) {}

  boot() {
    this.#rememberComponents()
    edge.global('relativeTime', (at: string) => toRelativeTime(at, new Date()))
    edge.global('exactTime', toExactTime)
    edge.global('typeIcon', toTypeIcon)
    edge.global('presenceLook', toPresenceLook)
    edge.global('sourceLabel', toSourceLabel)
    edge.global('sourceInitials', toSourceInitials)
    edge.global('attributes', toAttributes)
    edge.global('icon', toIcon)
    edge.global('matched', toMarkedText)
    edge.global('toField', toFormField)
    edge.global('themes', THEME_LOOKS)
    this.#leadBelow(this.app.config.get('app.basePath'))
  }

  /** Templates write addresses as LAIM knows them: `/items/4`. */
  #leadBelow(basePath: string) {
    if (basePath !== '') {
      const base = new BasePath(basePath)
      edge.processor.process('output', ({ output }) => base.beforeAll(output))
    }
  }

  /** A renderer looks for components on the disk, each time one is made. Where LAIM serves users they do not change. */
  #rememberComponents() {
    if (this.app.inProduction) {
      const components = edge.loader.listComponents()
      edge.loader.listComponents = () => components
    }
  }

  /** Sources are called by the names that their plugins give them. A plugin that cannot be loaded leaves the plain name. */
  async ready() {
    const sources = await this.app.container.make(ConfiguredSources)
    const registry = await this.app.container.make(PluginRegistry)
    for (const { name, plugin } of sources.list()) {
      const loaded = await registry.resolve(plugin).catch(() => null)
      learnSourceLabel(name, loaded?.manifest.name ?? name)
    }
  }
}
