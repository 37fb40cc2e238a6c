import { MISSING_AFTER_MS, MISSING_AFTER_RUNS } from '#core/reconcile/asset_view'
import { type Absence } from '#core/reconcile/absence'
import { toIso } from '#database/columns'
import { bulkSql } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

const HOUR_MS = 60 * 60 * 1000

/** A record as the sweep sees it. */
export interface SweptRecord {
  readonly id: number
  readonly asset_id: number | null
  readonly missed_runs: number
  readonly is_closed: number | boolean
}

/** How many open records a source listed for the first time in this run. */
export async function countNewRecords(client: SqlClient, sourceId: number, runId: number): Promise<number> {
  const [row] = await selectRows<{ total: number }>(
    client,
    `select cast(count(*) as integer) as total from source_records
     where source_id = ? and first_run_id = ? and closed_at is null`,
    [sourceId, runId]
  )
  return row?.total ?? 0
}

/** How many open records a source has that a run could list again. */
export async function countOpenRecords(client: SqlClient, sourceId: number): Promise<number> {
  const [row] = await selectRows<{ total: number }>(
    client,
    `select cast(count(*) as integer) as total from source_records where source_id = ? and closed_at is null`,
    [sourceId]
  )
  return row?.total ?? 0
}

/**
 * A page of a source's records in the order of their ids. Closed ones are absent by definition; they are left out once
 * they were absent long enough.
 */
export async function pageOfRecords(
  client: SqlClient,
  sourceId: number,
  afterId: number,
  limit: number
): Promise<SweptRecord[]> {
  return selectRows(
    client,
    `select id, asset_id, missed_runs, (closed_at is not null) as is_closed from source_records
     where source_id = ? and id > ? and (closed_at is null or missed_runs < ?) order by id limit ?`,
    [sourceId, afterId, MISSING_AFTER_RUNS, limit]
  )
}

/** Records of a source that were absent the last time. */
export async function missingRecords(client: SqlClient, sourceId: number): Promise<SweptRecord[]> {
  return selectRows(
    client,
    `select id, asset_id, missed_runs, (closed_at is not null) as is_closed from source_records
     where source_id = ? and missed_runs > 0 order by id`,
    [sourceId]
  )
}

/** Counts one more complete run without these records; the first one starts their absence. */
export async function markAbsent(trx: SqlClient, ids: readonly number[], now: string): Promise<void> {
  if (ids.length === 0) {
    return
  }
  await execute(
    trx,
    `update source_records set missed_runs = missed_runs + 1, missing_since = coalesce(missing_since, ?)
     where id in (select id from ${bulkSql(trx).rows('w', { id: 'int' })})`,
    [now, JSON.stringify(ids.map((id) => ({ id })))]
  )
}

/** The source lists these records again. */
export async function markBack(trx: SqlClient, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) {
    return
  }
  await execute(
    trx,
    `update source_records set missed_runs = 0, missing_since = null
     where id in (select id from ${bulkSql(trx).rows('w', { id: 'int' })})`,
    [JSON.stringify(ids.map((id) => ({ id })))]
  )
}

/** Active assets that a source has not listed for long enough, and that are not called missing yet. */
export async function assetsLongAbsent(client: SqlClient, sourceId: number, now: string): Promise<number[]> {
  const limit = new Date(Date.parse(now) - MISSING_AFTER_MS).toISOString()
  const rows = await selectRows<{ id: number }>(
    client,
    `select distinct a.id from source_records r join assets a on a.id = r.asset_id
     where r.source_id = ? and r.missed_runs > 0 and r.missed_runs >= ? and r.missing_since <= ?
       and a.is_active and a.presence <> 'missing'`,
    [sourceId, MISSING_AFTER_RUNS, limit]
  )
  return rows.map((row) => row.id)
}

/**
 * Active assets that time alone changes: since the last complete run of the source, a record of it was absent long
 * enough to give way, or a pin until a date ran out.
 */
export async function assetsDue(client: SqlClient, sourceId: number, now: string): Promise<number[]> {
  const [source] = await selectRows<{ release_after_hours: number | null; last_completed_at: unknown }>(
    client,
    'select release_after_hours, last_completed_at from sources where id = ?',
    [sourceId]
  )
  const since = toIso(source?.last_completed_at) ?? new Date(0).toISOString()
  const expired = await selectRows<{ id: number }>(
    client,
    `select distinct p.asset_id as id from pins p join assets a on a.id = p.asset_id
     where p.until = 'date' and p.until_at > ? and p.until_at <= ? and a.is_active`,
    [since, now]
  )
  const hours = source?.release_after_hours ?? null
  const before = (time: string) => new Date(Date.parse(time) - (hours ?? 0) * HOUR_MS).toISOString()
  const released =
    hours === null
      ? []
      : await selectRows<{ id: number }>(
          client,
          `select distinct a.id from source_records r join assets a on a.id = r.asset_id
           where r.source_id = ? and r.missed_runs > 0 and r.missing_since > ? and r.missing_since <= ? and a.is_active`,
          [sourceId, before(since), before(now)]
        )
  return [...expired, ...released].map((row) => row.id)
}

/** Complete runs of a source from the first id to the last, in the order in which they ended. */
export async function completeRunsBetween(
  client: SqlClient,
  sourceId: number,
  firstId: number,
  lastId: number
): Promise<{ id: number; endedAt: string }[]> {
  const rows = await selectRows<{ id: number; completed_at: unknown }>(
    client,
    `select id, completed_at from sync_runs
     where source_id = ? and id between ? and ? and status = 'completed' and coverage = 'complete' order by completed_at, id`,
    [sourceId, firstId, lastId]
  )
  return rows.map((row) => ({ id: row.id, endedAt: toIso(row.completed_at)! }))
}

/** Runs of a source that ended after this one, however much they listed. */
export async function runsSince(client: SqlClient, sourceId: number, runId: number): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    client,
    `select id from sync_runs where source_id = ? and id > ? and status = 'completed' order by id`,
    [sourceId, runId]
  )
  return rows.map((row) => row.id)
}

/** Open records of a source, with how often they were absent. */
export async function openRecordsOf(
  client: SqlClient,
  sourceId: number
): Promise<{ id: number; assetId: number | null; missedRuns: number; missingSince: string | null }[]> {
  const rows = await selectRows<Record<string, unknown>>(
    client,
    `select id, asset_id, missed_runs, missing_since from source_records
     where source_id = ? and closed_at is null order by id`,
    [sourceId]
  )
  return rows.map((row) => ({
    id: Number(row.id),
    assetId: row.asset_id as number | null,
    missedRuns: Number(row.missed_runs),
    missingSince: toIso(row.missing_since),
  }))
}

/** Stores how often records were absent. */
export async function saveAbsences(trx: SqlClient, absences: readonly Absence[]): Promise<void> {
  if (absences.length > 0) {
    const from = bulkSql(trx).rows('w', { id: 'int', missed_runs: 'int', missing_since: 'time' })
    await execute(
      trx,
      `update source_records set missed_runs = w.missed_runs, missing_since = w.missing_since
       from ${from} where source_records.id = w.id`,
      [
        JSON.stringify(
          absences.map((one) => ({ id: one.id, missed_runs: one.missedRuns, missing_since: one.missingSince }))
        ),
      ]
    )
  }
}
