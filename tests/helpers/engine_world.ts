import { type Logger } from '@adonisjs/core/logger'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { type Identifier, type Observation } from '@laim/sdk'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { fromJson } from '#database/columns'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { defineConfig } from '#services/sources/define_config'
import { OpenSource } from '#services/sources/open_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { RegisterSources } from '#services/sources/register_sources'
import { ApprovePlan } from '#services/sync/approve_plan'
import { ExecuteRun } from '#services/sync/execute_run'
import { FindPlan, type PlanView } from '#services/sync/find_plan'
import { FindRun } from '#services/sync/find_run'
import { RunSource } from '#services/sync/run_source'
import { type RunView } from '#services/sync/run_view'
import { SyncWorker } from '#services/sync/sync_worker'
import { TriggerSync } from '#services/sync/trigger_sync'
import { scriptedSource, type Script } from '#tests/helpers/scripted_source'

export type SourceName = 'alpha' | 'beta' | 'gamma'

const ACTOR = { userId: null, name: 'test' }

/** A device as a test speaks of it; `macs` are of ports, `base` is the base MAC. */
export interface Device {
  id: string
  hostname?: string | null
  serial?: string | null
  base?: string | string[]
  macs?: string[]
  ip?: string | null
  model?: string | null
  vendor?: string | null
  firmware?: string | null
  type?: string | null
  descr?: string
  partOf?: string
}

/** The words of a device in the form that a plugin gives them to the engine. */
export function observation(device: Device): Observation {
  const identifiers: Identifier[] = []
  if (device.serial) {
    identifiers.push({ kind: 'serial', value: device.serial, role: device.partOf ? 'member' : 'chassis' })
  }
  const bases = [device.base ?? []].flat()
  for (const mac of bases) {
    identifiers.push({ kind: 'mac', value: mac, role: 'base' })
  }
  for (const mac of device.macs ?? []) {
    identifiers.push({ kind: 'mac', value: mac, role: 'interface' })
  }
  if (device.hostname) {
    identifiers.push({ kind: 'hostname', value: device.hostname })
  }
  if (device.ip) {
    identifiers.push({ kind: 'ip', value: device.ip, role: 'management' })
  }
  return {
    nativeId: device.id,
    identifiers,
    claims: {
      hostname: device.hostname,
      serialNumber: device.serial,
      macAddress: bases[0] ?? device.macs?.[0],
      ipAddress: device.ip,
      vendor: device.vendor,
      model: device.model,
      firmwareVersion: device.firmware,
      assetType: device.type,
    },
    ...(device.descr ? { hints: [{ kind: 'sys_descr' as const, value: device.descr }] } : {}),
    ...(device.partOf ? { partOf: { nativeId: device.partOf, relation: 'stack_member' as const } } : {}),
  }
}

/**
 * The engine with scripted sources: alpha (rank 10, keys that never move), beta (rank 20, keys that may be given to
 * other hardware) and gamma (rank 20, keys that never move). Everything but what the sources say is real.
 */
export class EngineWorld {
  readonly scripts: Record<SourceName, Script> = {
    alpha: { observations: [] },
    beta: { observations: [] },
    gamma: { observations: [] },
  }
  readonly registry = new PluginRegistry()
  /** Entries that an undo by the worker takes back in one transaction. */
  undoPart: number | undefined
  readonly sources: ConfiguredSources
  readonly #trigger: TriggerSync
  readonly #worker: SyncWorker

  constructor(
    ranks: Partial<Record<SourceName, number>> = {},
    configured: readonly SourceName[] = ['alpha', 'beta', 'gamma'],
    log: Logger = logger
  ) {
    const { registry } = this
    const nativeIds = { alpha: 'stable', beta: 'reassignable', gamma: 'stable' } as const
    for (const name of ['alpha', 'beta', 'gamma'] as const) {
      registry.register(name, async () => scriptedSource(name, nativeIds[name], () => this.scripts[name]))
    }
    this.sources = new ConfiguredSources(
      defineConfig({
        requestsPerSecond: 100,
        isSimulated: false,
        schedule: { isEnabled: false, intervalHours: 6 },
        instances: configured.map((name) => ({
          name,
          plugin: name,
          rank: ranks[name] ?? { alpha: 10, beta: 20, gamma: 20 }[name],
          settings: { baseUrl: `http://127.0.0.1:9/${name}` },
        })),
      }),
      registry
    )
    this.#trigger = new TriggerSync(this.sources, new RegisterSources(this.sources))
    this.#worker = new SyncWorker(new ExecuteRun(new RunSource(new OpenSource(this.sources, log))))
  }

  /** What an empty inventory knows: asset types and rooms. */
  async prepare(): Promise<void> {
    await db.table('asset_types').multiInsert(ASSET_TYPES.map(({ name }) => ({ name })))
    await db.table('rooms').multiInsert([{ name: '2265' }, { name: '2266' }])
  }

  /** Sets what a source lists from now on. */
  says(source: SourceName, devices: Device[], options: Omit<Script, 'observations'> = {}): void {
    this.scripts[source] = { observations: devices.map(observation), ...options }
  }

  /** Runs a source, or all, to the end. */
  async sync(source: SourceName | 'all'): Promise<RunView> {
    const runId = await this.trigger(source)
    await this.work(runId)
    return new FindRun().handle(runId)
  }

  /** Plans a run of a source and writes nothing. */
  async plan(source: SourceName): Promise<PlanView> {
    const runId = await this.trigger(source, 'plan')
    await this.work(runId)
    return new FindPlan().handle(runId)
  }

  /** Approves a plan and lets the worker apply it. */
  async apply(plan: PlanView, rows?: number[]): Promise<{ run: RunView; changeSetId: number }> {
    const approving = { planHash: plan.planHash ?? '', ...(rows ? { rows } : {}) }
    const { changeSetId } = await new ApprovePlan().handle(plan.id, approving, ACTOR)
    await this.work(plan.id)
    return { run: await new FindRun().handle(plan.id), changeSetId }
  }

  /** Queues a run of a source, or of all. */
  async trigger(source: SourceName | 'all', mode: 'apply' | 'plan' = 'apply'): Promise<number> {
    const { runId } = await this.#trigger.handle({ source, trigger: 'manual', actor: ACTOR, mode })
    return runId
  }

  /** Lets the worker execute one run. */
  async work(runId: number, signal: AbortSignal = new AbortController().signal): Promise<void> {
    await this.#worker.workOnce({ signal, excludedAddresses: [], undoPart: this.undoPart }, runId)
  }

  /** Sets what a source lists, and runs it. */
  async reads(source: SourceName, devices: Device[], options: Omit<Script, 'observations'> = {}): Promise<RunView> {
    this.says(source, devices, options)
    return this.sync(source)
  }

  /** Active assets in the order of their ids, as rows. */
  async assets(): Promise<Record<string, unknown>[]> {
    return db.from('assets').where('is_active', true).orderBy('id')
  }

  async records(): Promise<Record<string, unknown>[]> {
    return db.from('source_records').orderBy('id')
  }

  /** Open reviews with their evidence read. */
  async reviews(): Promise<{ kind: string; sentence: string }[]> {
    const rows = await db.from('reviews').where('state', 'open').orderBy('id')
    return rows.map((row) => ({
      kind: String(row.kind),
      sentence: fromJson<{ sentence: string }>(row.evidence).sentence,
    }))
  }
}
