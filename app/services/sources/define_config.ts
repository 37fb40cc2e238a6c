import type { Secret } from '@adonisjs/core/helpers'
import type { HttpLimits } from './http/limits.js'

/** A value as it stands in the environment; secrets arrive wrapped. */
export type SettingValue = string | number | boolean | Secret<string> | undefined

/** One system that is read. */
export interface SourceInstance {
  /** How people, the API and the database name it: lower-case words joined by hyphens. */
  readonly name: string
  /** Id of the plugin that reads it. */
  readonly plugin: string
  /** Precedence: of two claims the one of the lower rank wins. */
  readonly rank: number
  /**
   * When another source claims a field too, claims of this one give way once it has not listed the device for so many
   * hours. Null: never. Default: that of all sources.
   */
  readonly releaseAfterHours?: number | null
  /** False takes it out of schedules and of `all`. Default true. */
  readonly enabled?: boolean
  /** The plugin's settings. Without a `baseUrl` the source is listed as not configured. */
  readonly settings: Readonly<Record<string, SettingValue>>
  /** What differs from the usual limits for this source. */
  readonly limits?: Partial<HttpLimits>
}

export interface SourcesConfig {
  /** Requests per second to each source. */
  readonly requestsPerSecond: number
  /** True when the plugins' simulators stand in for the real systems. */
  readonly isSimulated: boolean
  /** When the sources are read without anybody asking. */
  readonly schedule: { readonly isEnabled: boolean; readonly intervalHours: number }
  /** Of sources that say nothing else; null: never. Default 720, thirty days. */
  readonly releaseAfterHours?: number | null
  readonly instances: readonly SourceInstance[]
}

const RELEASE_AFTER_HOURS = 720

/** After how many hours of absence the claims of a source give way. */
export function releaseHoursOf(config: SourcesConfig, instance: SourceInstance): number | null {
  const { releaseAfterHours = config.releaseAfterHours } = instance
  return releaseAfterHours === undefined ? RELEASE_AFTER_HOURS : releaseAfterHours
}

/** Means every source where a name is expected. */
export const ALL_SOURCES = 'all'

/** Stands for the source of runs that take change sets back. */
export const UNDO_RUN = 'undo'

const RESERVED = [ALL_SOURCES, UNDO_RUN]

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** Checks what no type can: names that are well formed, not reserved and not used twice. */
export function defineConfig(config: SourcesConfig): SourcesConfig {
  const names = new Set<string>()
  for (const { name } of config.instances) {
    if (!NAME.test(name) || name.length > 64 || RESERVED.includes(name)) {
      throw new Error(
        `config/sources.ts: "${name}" cannot be the name of a source (lower-case words, not "all" or "undo")`
      )
    }
    if (names.has(name)) {
      throw new Error(`config/sources.ts: two sources are named "${name}"`)
    }
    names.add(name)
  }
  return { ...config, instances: [...config.instances].sort((a, b) => a.rank - b.rank) }
}
