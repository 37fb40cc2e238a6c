import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import testUtils from '@adonisjs/core/services/test_utils'
import { type Group } from '@japa/runner/core'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { type Device, EngineWorld } from '#tests/helpers/engine_world'

/**
 * Gives each test of a group a world of its own whose scripted sources are those of the application too: requests and
 * commands meet them. In a transaction that is rolled back.
 */
export function eachWithWorldInApp(group: Group): { readonly current: EngineWorld } {
  const holder = { current: undefined as unknown as EngineWorld }
  group.each.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    const world = new EngineWorld()
    holder.current = world
    await world.prepare()
    app.container.swap(PluginRegistry, () => world.registry)
    app.container.swap(ConfiguredSources, () => world.sources)
    app.container.swap(OpenSource, () => new OpenSource(world.sources, logger))
    return async () => {
      app.container.restore(PluginRegistry)
      app.container.restore(ConfiguredSources)
      app.container.restore(OpenSource)
      await rollback()
    }
  })
  return holder
}

/** Plain devices, each with a serial of its own; `more` is said of all of them. */
export function devices(count: number, more: Partial<Device> = {}): Device[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    hostname: `host-${index}`,
    serial: `SERIAL${1000 + index}`,
    ...more,
  }))
}
