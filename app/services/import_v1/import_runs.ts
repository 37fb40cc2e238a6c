import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { toIso } from '#database/columns'
import { insertRows } from '#services/sync/store/bulk_sql'
import { selectRows } from '#services/sync/store/sql_client'
import { type V1Database, type V1Row } from './read_v1.js'

const COLUMNS = {
  source: 'text',
  trigger: 'text',
  status: 'text',
  devices_found: 'int',
  created: 'int',
  updated: 'int',
  skipped: 'int',
  errors: 'json',
  slot: 'text',
  queued_at: 'time',
  started_at: 'time',
  completed_at: 'time',
} as const

/** Adds the sync history of LAIM 1.0, each entry once: its slot names it. */
export async function importRuns(
  trx: TransactionClientContract,
  database: V1Database,
  now: string
): Promise<{ created: number; known: number }> {
  const slots = await selectRows<{ slot: string }>(trx, `select slot from sync_runs where slot like 'LAIM 1.0 %'`)
  const known = new Set(slots.map(({ slot }) => slot))
  const counts = { created: 0, known: 0 }
  for await (const rows of database.rows('sync_logs')) {
    const runs = rows.map((row) => toRun(row, now))
    const fresh = runs.filter(({ slot }) => !known.has(slot))
    counts.known += runs.length - fresh.length
    counts.created += fresh.length
    await insertRows(trx, 'sync_runs', COLUMNS, fresh)
  }
  return counts
}

function toRun(row: V1Row, now: string) {
  const startedAt = toIso(row.started_at) ?? toIso(row.created_at) ?? now
  const completedAt = toIso(row.completed_at) ?? toIso(row.finished_at)
  const isDone = /success|complete/i.test(String(row.status ?? ''))
  const message = row.error_message ?? row.errors ?? row.error ?? null
  const unfinished = isDone ? [] : ['LAIM 1.0 did not complete it']
  return {
    source: String(row.source ?? 'all')
      .toLowerCase()
      .slice(0, 64),
    trigger: 'manual',
    status: isDone ? 'completed' : 'failed',
    devices_found: count(row, 'devices_found', 'found', 'total'),
    created: count(row, 'created', 'items_created', 'devices_created'),
    updated: count(row, 'updated', 'items_updated', 'devices_updated'),
    skipped: count(row, 'skipped', 'items_skipped', 'devices_skipped'),
    errors: message === null ? unfinished : [typeof message === 'string' ? message : JSON.stringify(message)],
    slot: `LAIM 1.0 ${String(row.id)}`,
    queued_at: startedAt,
    started_at: startedAt,
    completed_at: completedAt ?? startedAt,
  }
}

function count(row: V1Row, ...columns: string[]): number {
  const value = Number(row[columns.find((column) => (row[column] ?? null) !== null) ?? ''] ?? 0)
  return Number.isSafeInteger(value) && value >= 0 ? value : 0
}
