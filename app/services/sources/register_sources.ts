import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { ConfiguredSources } from './configured_sources.js'
import { releaseHoursOf } from './define_config.js'

/**
 * Writes the configured sources to their table, so that runs and records can refer to them. Called at the start of
 * whatever reads sources; writes nothing when nothing changed. A source that left the configuration keeps its row,
 * disabled, and its records.
 */
@inject()
export class RegisterSources {
  constructor(private sources: ConfiguredSources) {}

  async handle(now: Date = new Date()): Promise<void> {
    const wanted = this.sources.list().map((instance) => ({
      name: instance.name,
      plugin: instance.plugin,
      rank: instance.rank,
      release_after_hours: releaseHoursOf(this.sources.config, instance),
      enabled: instance.enabled !== false,
    }))
    const stored = await db.from('sources').select('name', 'plugin', 'rank', 'release_after_hours', 'enabled')

    const changed = wanted.filter((row) => !stored.some((known) => isSame(known, row)))
    if (changed.length > 0) {
      await db
        .knexQuery()
        .table('sources')
        .insert(changed.map((row) => ({ ...row, health: 'unknown', created_at: now.toISOString() })))
        .onConflict('name')
        .merge(['plugin', 'rank', 'release_after_hours', 'enabled'])
    }

    const gone = stored.filter(({ name, enabled }) => enabled && !wanted.some((row) => row.name === name))
    if (gone.length > 0) {
      await db
        .from('sources')
        .whereIn(
          'name',
          gone.map(({ name }) => name)
        )
        .update({ enabled: false })
    }
  }
}

type SourceColumns = {
  name: string
  plugin: string
  rank: number
  release_after_hours: number | null
  enabled: boolean
}

/** SQLite answers booleans as 0 and 1. */
function isSame(known: SourceColumns, row: SourceColumns): boolean {
  return (
    known.name === row.name &&
    known.plugin === row.plugin &&
    known.rank === row.rank &&
    known.release_after_hours === row.release_after_hours &&
    Boolean(known.enabled) === row.enabled
  )
}
