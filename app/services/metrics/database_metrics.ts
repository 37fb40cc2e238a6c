import db from '@adonisjs/lucid/services/db'
import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { toIso } from '#database/columns'
import { InventoryStats } from '#services/search/inventory_stats'
import { bulkSql } from '#services/sync/store/bulk_sql'
import { selectRows } from '#services/sync/store/sql_client'

interface Sample {
  readonly labels: Record<string, string>
  readonly value: number
}

/** Samples of each metric; a metric without samples is not shown. */
export interface DatabaseMetrics {
  items: Sample[]
  devices: Sample[]
  runs: Sample[]
  queueAge: Sample[]
  leases: Sample[]
  lastSuccess: Sample[]
  openReviews: Sample[]
}

const DEVICES = `
  select s.name as source, case when r.missing_since is null then 'listed' else 'missing' end as state,
    cast(count(*) as int) as count
  from source_records r join sources s on s.id = r.source_id
  where r.closed_at is null
  group by 1, 2`

const RUNS = `select source, status, cast(count(*) as int) as count from sync_runs group by source, status`

const LAST_SUCCESS = 'select name, last_completed_at as at from sources where last_completed_at is not null'

/** Counts what the database holds at this moment. A few queries, each over an index or a small table. */
export async function readDatabaseMetrics(now: Date): Promise<DatabaseMetrics> {
  const client = db.connection()
  const stats = await new InventoryStats().handle()
  return {
    items: Object.entries(stats.byType).map(([type, value]) => ({ labels: { item_type: type }, value })),
    devices: await countBy(client, DEVICES, 'state'),
    runs: await countBy(client, RUNS, 'status'),
    queueAge: [{ labels: {}, value: await readQueueAge(client, now) }],
    leases: await countLeases(client),
    lastSuccess: await readLastSuccess(client),
    openReviews: [{ labels: {}, value: stats.openReviews }],
  }
}

async function countBy(client: QueryClientContract, sql: string, label: 'state' | 'status'): Promise<Sample[]> {
  const rows = await selectRows<{ source: string; state: string; status: string; count: number }>(client, sql)
  return rows.map((row) => ({ labels: { source: row.source, [label]: row[label] }, value: row.count }))
}

/** Seconds that the run which could begin the longest ago has waited; 0 when none waits. */
async function readQueueAge(client: QueryClientContract, now: Date): Promise<number> {
  const [row] = await selectRows<{ since: unknown }>(
    client,
    `select min(coalesce(resume_at, queued_at)) as since from sync_runs
     where status = 'queued' and (resume_at is null or resume_at <= ${bulkSql(client).clock()})`
  )
  const since = toIso(row?.since)
  return since === null ? 0 : Math.max(0, (now.getTime() - Date.parse(since)) / 1000)
}

async function countLeases(client: QueryClientContract): Promise<Sample[]> {
  const rows = await selectRows<{ name: string; state: string; count: number }>(
    client,
    `select name, case when expires_at > ${bulkSql(client).clock()} then 'held' else 'expired' end as state,
       cast(count(*) as int) as count
     from (select name, expires_at from leases where owner is not null
       union all select 'run', lease_expires_at from sync_runs where status = 'running') held
     group by 1, 2`
  )
  return rows.map(({ name, state, count }) => ({ labels: { name, state }, value: count }))
}

async function readLastSuccess(client: QueryClientContract): Promise<Sample[]> {
  const rows = await selectRows<{ name: string; at: unknown }>(client, LAST_SUCCESS)
  return rows.map(({ name, at }) => ({ labels: { source: name }, value: Date.parse(toIso(at)!) / 1000 }))
}
