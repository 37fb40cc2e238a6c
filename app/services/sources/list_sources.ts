import { inject } from '@adonisjs/core'
import { SourceError, type AnySourcePlugin } from '@laim/sdk'
import { ConfiguredSources } from './configured_sources.js'
import type { SourceInstance } from './define_config.js'
import { PluginRegistry } from './plugin_registry.js'
import { toHealth } from './source_health.js'
import { isSet } from './source_settings.js'
import { SourceTable, type SourceRow } from './source_table.js'

/** One source as people see it. Times are ISO 8601 in UTC. */
export interface SourceView {
  readonly name: string
  /** Name of the kind of system, such as the product. */
  readonly label: string
  readonly plugin: string
  readonly rank: number
  readonly isEnabled: boolean
  readonly isConfigured: boolean
  readonly isSimulated: boolean
  readonly health: string
  readonly healthMessage: string | null
  readonly healthSince: string | null
  readonly lastRun: SourceRow['lastRun']
  readonly lastCompletedAt: string | null
  /** null when nothing is scheduled. */
  readonly nextRunAt: string | null
  /** Records of the source that it listed in its last complete run. */
  readonly devices: number
  /** Plain values as they are, null when unset; secrets only as set or unset. */
  readonly settings: Readonly<Record<string, string | null | { readonly set: boolean }>>
}

type Found = { readonly plugin: AnySourcePlugin | null; readonly fault: SourceError | null }

const HOUR_MS = 3_600_000

/** Every source of the configuration with its health, its last run and its next one. Secrets never show. */
@inject()
export class ListSources {
  constructor(
    private sources: ConfiguredSources,
    private registry: PluginRegistry,
    private table: SourceTable
  ) {}

  async handle(now: Date = new Date()): Promise<SourceView[]> {
    const rows = await this.table.read()
    return Promise.all(this.sources.list().map((instance) => this.#toView(instance, rows.get(instance.name), now)))
  }

  async #toView(instance: SourceInstance, row: SourceRow | undefined, now: Date): Promise<SourceView> {
    const { name, rank } = instance
    const isConfigured = this.sources.isConfigured(instance)
    const isEnabled = instance.enabled !== false
    const { plugin, fault } = await this.#find(instance, isConfigured)

    return {
      name,
      label: plugin?.manifest.name ?? name,
      plugin: instance.plugin,
      rank,
      isEnabled,
      isConfigured,
      isSimulated: this.sources.config.isSimulated,
      ...toHealthView(isConfigured, fault, row),
      lastRun: row?.lastRun ?? null,
      lastCompletedAt: row?.lastCompletedAt ?? null,
      nextRunAt: isConfigured && isEnabled ? this.#nextRunAt(row, now) : null,
      devices: row?.devices ?? 0,
      settings: toSettingsView(instance, plugin),
    }
  }

  /** Faults of the plugin and of the settings, which need no request to be found. */
  async #find(instance: SourceInstance, isConfigured: boolean): Promise<Found> {
    try {
      const plugin = await this.registry.resolve(instance.plugin)
      const needsCheck = isConfigured && !this.sources.config.isSimulated
      const fault = needsCheck ? await this.sources.resolve(instance).then(() => null, toFault) : null
      return { plugin, fault }
    } catch (error) {
      return { plugin: null, fault: toFault(error) }
    }
  }

  #nextRunAt(row: SourceRow | undefined, now: Date): string | null {
    const { isEnabled, intervalHours } = this.sources.config.schedule
    if (!isEnabled) {
      return null
    }
    const last = Date.parse(row?.lastRun?.queuedAt ?? '')
    const due = Number.isNaN(last) ? now.getTime() : last + intervalHours * HOUR_MS
    return new Date(Math.max(due, now.getTime())).toISOString()
  }
}

function toHealthView(isConfigured: boolean, fault: SourceError | null, row: SourceRow | undefined) {
  if (fault) {
    return { health: toHealth(fault) ?? 'unknown', healthMessage: fault.message, healthSince: null }
  }
  if (!isConfigured) {
    return { health: 'not_configured', healthMessage: 'Not configured: its URL is not set', healthSince: null }
  }
  return {
    health: row?.health ?? 'unknown',
    healthMessage: row?.healthMessage ?? null,
    healthSince: row?.healthSince ?? null,
  }
}

function toSettingsView({ settings }: SourceInstance, plugin: AnySourcePlugin | null): SourceView['settings'] {
  const secrets = plugin?.config.secrets ?? Object.keys(settings)
  const keys = new Set([...Object.keys(settings), ...Object.keys(plugin?.config.env ?? {})])
  return Object.fromEntries(
    [...keys].map((key) => {
      const value = settings[key]
      if (secrets.includes(key) || typeof value === 'object') return [key, { set: isSet(value) }]
      return [key, isSet(value) ? String(value) : null]
    })
  )
}

function toFault(error: unknown): SourceError {
  return SourceError.is(error)
    ? error
    : new SourceError(
        { kind: 'internal', code: 'E_SOURCE_PLUGIN_FAULT', message: 'the plugin failed to load' },
        { cause: error }
      )
}
