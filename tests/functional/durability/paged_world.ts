import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { RegisterSources } from '#services/sources/register_sources'
import { ExecuteRun } from '#services/sync/execute_run'
import { FindRun } from '#services/sync/find_run'
import { RunSource } from '#services/sync/run_source'
import { type RunView } from '#services/sync/run_view'
import { SyncWorker } from '#services/sync/sync_worker'
import { TriggerSync, type SyncRequest } from '#services/sync/trigger_sync'
import { pagedPlugin, type PagedTraits } from './paged_plugin.js'

const BY_TEST = { trigger: 'manual', actor: { userId: null, name: 'test' } } as const

/** Where each source is, by its name; the first one has the lowest rank. */
export type Addresses = Record<string, string>

/**
 * The engine with sources that are read page by page over loopback. Each world has workers of its own, as a process has;
 * worlds with other traits are the same installation after an update of the plugin.
 */
export class PagedWorld {
  readonly trigger: TriggerSync
  readonly sources: ConfiguredSources

  constructor(addresses: Addresses, traits: PagedTraits = {}) {
    const registry = new PluginRegistry()
    registry.register('paged', async () => pagedPlugin(traits))
    this.sources = new ConfiguredSources(
      defineConfig({
        requestsPerSecond: 1000,
        isSimulated: false,
        schedule: { isEnabled: true, intervalHours: 6 },
        instances: Object.entries(addresses).map(([name, baseUrl], index) => ({
          name,
          plugin: 'paged',
          rank: (index + 1) * 10,
          settings: { baseUrl },
          limits: { firstRetryMs: 1, longestRetryMs: 5 },
        })),
      }),
      registry
    )
    this.trigger = new TriggerSync(this.sources, new RegisterSources(this.sources))
  }

  static async prepare(): Promise<void> {
    await db.table('asset_types').multiInsert(ASSET_TYPES.map(({ name }) => ({ name })))
    await db.table('rooms').multiInsert([{ name: '2265' }, { name: '2266' }])
  }

  /** A worker of its own. */
  worker(): SyncWorker {
    return new SyncWorker(new ExecuteRun(new RunSource(new OpenSource(this.sources, logger))))
  }

  async queue(source: string, request: Partial<SyncRequest> = {}): Promise<number> {
    const { runId } = await this.trigger.handle({ ...BY_TEST, source, ...request })
    return runId
  }

  /** Lets a new worker take one run, or any. Answers whether there was one. */
  async work(runId: number | null = null, signal = new AbortController().signal, idleMs?: number): Promise<boolean> {
    const options = { signal, excludedAddresses: [], ...(idleMs ? { idleMs } : {}) }
    const worked = await this.worker().workOnce(options, runId)
    return worked !== null
  }

  async sync(source: string): Promise<RunView> {
    const runId = await this.queue(source)
    await this.work(runId)
    return this.find(runId)
  }

  find(runId: number): Promise<RunView> {
    return new FindRun().handle(runId)
  }
}

/** What two runs over the same devices must have in common. */
export function countsOf(run: RunView): Partial<RunView> {
  const { status, devicesFound, created, updated, skipped, missing, held, rejected, errors } = run
  return { status, devicesFound, created, updated, skipped, missing, held, rejected, errors }
}

/** Lets the leases run out, as a minute without a sign of life does. */
export async function letLeasesExpire(client = db.connection()): Promise<void> {
  const past = new Date(Date.now() - 1000).toISOString()
  await client.from('sync_runs').where('status', 'running').update({ lease_expires_at: past })
  await client.from('leases').whereNotNull('owner').update({ expires_at: past })
}
