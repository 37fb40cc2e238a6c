import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { type Group } from '@japa/runner/core'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { type SourcesConfig } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { SyncWorker } from '#services/sync/sync_worker'

/** For a group of tests the sources are those of the simulated lab. */
export function withSimulatedLab(group: Group): void {
  group.setup(async () => {
    const config = app.config.get<SourcesConfig>('sources')
    const registry = await app.container.make('laim.sources')
    const sources = new ConfiguredSources({ ...config, isSimulated: true }, registry)
    app.container.swap(ConfiguredSources, () => sources)
    app.container.swap(OpenSource, () => new OpenSource(sources, logger))
    return async () => {
      app.container.restoreAll([ConfiguredSources, OpenSource])
      await sources.stopSimulators()
    }
  })
}

/** Does what a worker does when it finds a queued run. */
export async function workOnce(): Promise<void> {
  const worker = await app.container.make(SyncWorker)
  await worker.workOnce({ signal: new AbortController().signal, excludedAddresses: [] })
}
