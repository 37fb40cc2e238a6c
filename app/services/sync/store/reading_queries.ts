import { type JsonObject } from '@laim/sdk'
import { type StoredReading } from '#core/reconcile/reading'
import { fromJson, toIso } from '#database/columns'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** How far the reading of a run is. */
export interface RunReading {
  readonly attempt: number
  readonly checkpoint: JsonObject | null
  readonly reading: StoredReading
  /** When this attempt began to read. */
  readonly since: string
}

/** How far the reading of a run is; null when none began. */
export async function loadReading(client: SqlClient, runId: number): Promise<RunReading | null> {
  const [row] = await selectRows<{ attempt: number; checkpoint: unknown; reading: unknown; reading_since: unknown }>(
    client,
    'select attempt, checkpoint, reading, reading_since from sync_runs where id = ? and reading is not null',
    [runId]
  )
  return row
    ? {
        attempt: row.attempt,
        checkpoint: fromJson<JsonObject | null>(row.checkpoint),
        reading: fromJson<StoredReading>(row.reading),
        since: toIso(row.reading_since)!,
      }
    : null
}

/** The latest time at which any run began to read: a clock that was set back must not make older claims the newer ones. */
export async function latestReadingSince(client: SqlClient): Promise<string | null> {
  const [row] = await selectRows<{ latest: unknown }>(client, 'select max(reading_since) as latest from sync_runs')
  return toIso(row?.latest)
}

/** Forgets what a run stored after its last checkpoint: that is read once more. */
export async function forgetAfterCheckpoint(trx: SqlClient, runId: number, reading: StoredReading): Promise<void> {
  await execute(trx, 'delete from observations where run_id = ? and id > ?', [runId, reading.lastObservationId])
  await execute(
    trx,
    `delete from run_rejects where run_id = ? and id not in
       (select id from run_rejects where run_id = ? order by id limit ?)`,
    [runId, runId, reading.counts.rejected]
  )
}

/** Forgets whom a run rejected. */
export async function deleteRejects(trx: SqlClient, runId: number): Promise<void> {
  await execute(trx, 'delete from run_rejects where run_id = ?', [runId])
}

/** The content of what a run staged for these records, by record. The plus keeps the index of the whole run away. */
export async function loadStagedHashes(
  client: SqlClient,
  runId: number,
  recordIds: readonly number[]
): Promise<Map<number, string>> {
  if (recordIds.length === 0) {
    return new Map()
  }
  const rows = await selectRows<{ record_id: number; content_hash: string }>(
    client,
    `select record_id, content_hash from observations
     where +run_id = ? and record_id in (${recordIds.map(() => '?').join(', ')})`,
    [runId, ...recordIds]
  )
  return new Map(rows.map((row) => [row.record_id, row.content_hash]))
}

/** Observations that a run staged and did not promote, by id after `afterId`. */
export async function stagedIds(client: SqlClient, runId: number, afterId: number, limit: number): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select o.id from observations o cross join source_records r
     where o.run_id = ? and o.id > ? and r.id = o.record_id and o.id is distinct from r.observation_id
     order by o.id limit ?`,
    [runId, afterId, limit]
  )
  return rows.map((row) => row.id)
}

/** Ended runs that still hold what they staged. */
export async function runsWithLeftovers(client: SqlClient): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select id from sync_runs where status in ('completed', 'failed', 'cancelled') and reading is not null`
  )
  return rows.map((row) => row.id)
}

/** Says that nothing is left of a run's reading. */
export async function forgetReading(client: SqlClient, runId: number): Promise<void> {
  await execute(
    client,
    `update sync_runs set checkpoint = null, reading = null, sweep = null, dirty_assets = null
     where id = ? and status in ('completed', 'failed', 'cancelled')`,
    [runId]
  )
}
