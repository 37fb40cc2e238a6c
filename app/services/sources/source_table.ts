import db from '@adonisjs/lucid/services/db'
import { toIso } from '#database/columns'

/** What the database knows of one source. Times are ISO 8601 in UTC. */
export interface SourceRow {
  readonly id: number
  readonly health: string
  readonly healthMessage: string | null
  readonly healthSince: string | null
  readonly lastCompletedAt: string | null
  readonly lastRun: {
    readonly id: number
    readonly status: string
    readonly queuedAt: string
    readonly completedAt: string | null
  } | null
  readonly devices: number
}

/** The rows of the sources, each with its latest run and how many devices it lists. */
export class SourceTable {
  /** By name. */
  async read(): Promise<Map<string, SourceRow>> {
    const rows: StoredRow[] = await db
      .from('sources as s')
      .joinRaw(
        'left join sync_runs as r on r.id = (select max(latest.id) from sync_runs as latest where latest.source_id = s.id)'
      )
      .select('s.id', 's.name', 's.health', 's.health_message', 's.health_since', 's.last_completed_at')
      .select('r.id as run_id', 'r.status as run_status', 'r.queued_at', 'r.completed_at')
      .select(
        db.rawQuery(
          `(select count(*) from source_records as d
            where d.source_id = s.id and d.closed_at is null and d.missing_since is null) as devices`
        )
      )
    return new Map(rows.map((row) => [row.name, toRow(row)]))
  }
}

interface StoredRow {
  readonly id: number
  readonly name: string
  readonly health: string
  readonly health_message: string | null
  readonly health_since: unknown
  readonly last_completed_at: unknown
  readonly run_id: number | null
  readonly run_status: string
  readonly queued_at: unknown
  readonly completed_at: unknown
  readonly devices: number | string
}

function toRow(row: StoredRow): SourceRow {
  return {
    id: row.id,
    health: row.health,
    healthMessage: row.health_message,
    healthSince: toIso(row.health_since),
    lastCompletedAt: toIso(row.last_completed_at),
    lastRun:
      row.run_id === null
        ? null
        : {
            id: row.run_id,
            status: row.run_status,
            queuedAt: toIso(row.queued_at) ?? '',
            completedAt: toIso(row.completed_at),
          },
    devices: Number(row.devices),
  }
}
