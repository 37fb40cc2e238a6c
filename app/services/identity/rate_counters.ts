import { createHash } from 'node:crypto'
import { execute, selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { toIso } from '#database/columns'

/** How often something happened since its window began. */
export interface Counter {
  readonly count: number
  readonly endsAt: Date
}

/**
 * Counts something that happened `by` times, in a window that begins with the first time and ends at `endsAt`. Concurrent
 * callers wait for one another, so that each learns a count of its own.
 */
export async function count(client: SqlClient, name: string, by: number, now: Date, endsAt: Date): Promise<Counter> {
  const [row] = await selectRows<{ count: number; ends_at: unknown }>(
    client,
    `insert into rate_limits (key, count, ends_at) values (?, ?, ?)
     on conflict (key) do update set
       count = excluded.count + case when rate_limits.ends_at > ? then rate_limits.count else 0 end,
       ends_at = case when rate_limits.ends_at > ? then rate_limits.ends_at else excluded.ends_at end
     returning count, ends_at`,
    [toKey(name), by, endsAt.toISOString(), now.toISOString(), now.toISOString()]
  )
  return { count: row!.count, endsAt: new Date(toIso(row!.ends_at)!) }
}

/** Takes one count back; 0 is the least. */
export async function uncount(client: SqlClient, name: string): Promise<void> {
  await execute(client, 'update rate_limits set count = count - 1 where key = ? and count > 0', [toKey(name)])
}

/** True while the window of a counter is open. */
export async function isOpen(client: SqlClient, name: string, now: Date): Promise<boolean> {
  const sql = 'select 1 as open from rate_limits where key = ? and ends_at > ?'
  const rows = await selectRows(client, sql, [toKey(name), now.toISOString()])
  return rows.length > 0
}

export async function forget(client: SqlClient, name: string): Promise<void> {
  await execute(client, 'delete from rate_limits where key = ?', [toKey(name)])
}

/** Removes the windows that have ended: a flood of made-up names fills nothing for long. */
export async function forgetEnded(client: SqlClient, now: Date): Promise<void> {
  await execute(client, 'delete from rate_limits where ends_at <= ?', [now.toISOString()])
}

/** People type passwords where their name belongs: nothing of a key can be read in the table. */
function toKey(name: string): string {
  return createHash('sha256').update(name).digest('base64url')
}
