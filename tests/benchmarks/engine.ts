import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { type Observation, type SourcePlugin } from '@laim/sdk'
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
import { TriggerSync } from '#services/sync/trigger_sync'
import { scriptedSource } from '#tests/helpers/scripted_source'
import { pagePath, type Estate } from './devices.js'

/** What the engine did to the database while it ran. */
export interface Traffic {
  /** Statements, without those that begin and end transactions. */
  statements: number
  /** Rows inserted, updated and deleted, by table. */
  readonly rows: Record<string, number>
}

const SOURCE = 'estate'

/** Reads all devices of an estate through the whole engine: queue, worker, stages, reconciliation, history. */
export async function syncDevices(estate: Estate): Promise<RunView> {
  const sources = configure(estate)
  const trigger = new TriggerSync(sources, new RegisterSources(sources))
  const worker = new SyncWorker(new ExecuteRun(new RunSource(new OpenSource(sources, logger))))
  const actor = { userId: null, name: 'benchmark' }

  const { runId } = await trigger.handle({ source: SOURCE, trigger: 'command', actor })
  await worker.workOnce({ signal: new AbortController().signal, excludedAddresses: [] }, runId)
  const run = await new FindRun().handle(runId)
  if (run.status !== 'completed') {
    throw new Error(`The run ended as ${run.status}: ${run.errors.join('; ')}`)
  }
  return run
}

function configure(estate: Estate): ConfiguredSources {
  const registry = new PluginRegistry()
  registry.register(SOURCE, async () => generatedSource(estate))
  const instance = { name: SOURCE, plugin: SOURCE, rank: 10, settings: { baseUrl: process.env.BENCH_SOURCE! } }
  return new ConfiguredSources(
    defineConfig({
      requestsPerSecond: 10_000,
      isSimulated: false,
      schedule: { isEnabled: false, intervalHours: 6 },
      instances: [instance],
    }),
    registry
  )
}

/** A source that fetches each page when it is asked for it. */
function generatedSource(estate: Estate): SourcePlugin<{ baseUrl: string }> {
  const source = scriptedSource(SOURCE, 'stable', () => ({ observations: [] }))
  return {
    ...source,
    async *discover({ http }, { pageSize = 500 }) {
      const { devices } = estate
      for (let start = 0; start < devices; start += pageSize) {
        const { body } = await http.json<{ devices: Observation[] }>({ path: pagePath(estate, start, pageSize) })
        const isLast = start + pageSize >= devices
        yield { observations: body.devices, ...(isLast ? { final: { coverage: 'complete' } } : {}) }
      }
    },
  }
}

/** Counts what is asked of the database from now on. */
export function countTraffic(): Traffic {
  const traffic: Traffic = { statements: 0, rows: {} }
  db.connection()
    .getWriteClient()
    .client.on('query-response', (response: unknown, { sql }: { sql: string }) => {
      if (!/^(begin|commit|rollback|savepoint|release)/i.test(sql)) {
        traffic.statements++
      }
      const table = /^\s*(?:insert into|update|delete from) "?(\w+)/i.exec(sql)?.[1]
      const { rowCount, changes } = response as { rowCount?: number; changes?: number }
      if (table) {
        traffic.rows[table] = (traffic.rows[table] ?? 0) + (rowCount ?? changes ?? 0)
      }
    })
  return traffic
}
