import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { type Group } from '@japa/runner/core'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig } from '#services/sources/define_config'
import { type HttpLimits } from '#services/sources/http/limits'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { RegisterSources } from '#services/sources/register_sources'
import { ExecuteRun } from '#services/sync/execute_run'
import { FindRun } from '#services/sync/find_run'
import { RunSource } from '#services/sync/run_source'
import { type RunView } from '#services/sync/run_view'
import { SyncWorker } from '#services/sync/sync_worker'
import { TriggerSync } from '#services/sync/trigger_sync'
import { Peer, type PeerName } from './peers.js'

export const CANARY = 'canary-of-the-credentials'

/** Waits between retries cut short, and bodies small. */
const LIMITS: Partial<HttpLimits> = {
  firstRetryMs: 1,
  longestRetryMs: 5,
  maxBufferedBytes: 4 * 1024 * 1024,
  maxStreamedBytes: 4 * 1024 * 1024,
}

/** The built-in plugins, whole runs of them, and systems on loopback that they read over real HTTP. */
export class PeersWorld {
  readonly peers: Record<PeerName, Peer> = { librenms: new Peer('librenms'), netdisco: new Peer('netdisco') }
  #addresses!: Record<PeerName, string>
  #trigger!: TriggerSync
  #worker!: SyncWorker

  async start(): Promise<void> {
    this.#addresses = { librenms: await this.peers.librenms.start(), netdisco: await this.peers.netdisco.start() }
    await this.configure()
    await db.table('asset_types').multiInsert(ASSET_TYPES.map(({ name }) => ({ name })))
  }

  /** Reads the peers from now on with these settings of one of them, and within these limits. */
  async configure(
    more: Partial<Record<PeerName, Record<string, string>>> = {},
    limits: Partial<HttpLimits> = {}
  ): Promise<void> {
    const { librenms, netdisco } = this.#addresses
    const settings = {
      librenms: { baseUrl: librenms, token: CANARY, ...more.librenms },
      netdisco: { baseUrl: netdisco, username: 'laim', password: CANARY, ...more.netdisco },
    }
    const all = { ...LIMITS, ...limits }
    const sources = new ConfiguredSources(
      defineConfig({
        requestsPerSecond: 1000,
        isSimulated: false,
        schedule: { isEnabled: false, intervalHours: 6 },
        instances: [
          { name: 'librenms', plugin: 'librenms', rank: 10, settings: settings.librenms, limits: all },
          { name: 'netdisco', plugin: 'netdisco', rank: 20, settings: settings.netdisco, limits: all },
        ],
      }),
      await app.container.make(PluginRegistry)
    )
    this.#trigger = new TriggerSync(sources, new RegisterSources(sources))
    this.#worker = new SyncWorker(new ExecuteRun(new RunSource(new OpenSource(sources, logger))))
  }

  async stop(): Promise<void> {
    await Promise.all([this.peers.librenms.stop(), this.peers.netdisco.stop()])
  }

  async sync(source: PeerName | 'all'): Promise<RunView> {
    const { runId } = await this.#trigger.handle({
      source,
      trigger: 'manual',
      actor: { userId: null, name: 'test' },
    })
    await this.#worker.workOnce({ signal: new AbortController().signal, excludedAddresses: [] }, runId)
    return new FindRun().handle(runId)
  }

  /** What a fault must leave alone. */
  async inventory(): Promise<unknown> {
    return {
      assets: await db.from('assets').orderBy('id'),
      identifiers: await db.from('asset_identifiers').orderBy(['asset_id', 'kind', 'value']),
      absences: await db.from('source_records').where('missed_runs', '>', 0),
      changes: (await db.from('changes')).length,
    }
  }

  async assets(): Promise<Record<string, unknown>[]> {
    return db.from('assets').where('is_active', true).orderBy('id')
  }
}

/** Gives each test of a group such a world, in a transaction that is rolled back. */
export function eachWithPeers(group: Group): { readonly current: PeersWorld } {
  const holder = { current: undefined as unknown as PeersWorld }
  group.each.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    holder.current = new PeersWorld()
    await holder.current.start()
    return async () => {
      await holder.current.stop()
      await rollback()
    }
  })
  return holder
}
