import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { bulkSql } from '#services/sync/store/bulk_sql'
import { execute, selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { shortTransaction } from '#services/sync/store/write_clock'

/** Changes in one message, at most. */
const CHANGES_AT_ONCE = 200

/** Queues word of a run that ended, for each webhook that wants it, in the transaction that ends it. */
export async function queueRunEvent(trx: SqlClient, runId: number): Promise<void> {
  const run = bulkSql(trx).rows('r', { run_id: 'int', at: 'time' })
  await execute(
    trx,
    `insert into webhook_deliveries (webhook_id, event, run_id, status, attempts, next_at, created_at)
     select id, 'run', r.run_id, 'pending', 0, r.at, r.at from ${run} cross join webhooks where is_active and on_runs`,
    [JSON.stringify([{ run_id: runId, at: DateTime.utc().toISO() }])]
  )
}

/**
 * Queues word of the changes that came since each webhook was told last. The feed has no gaps, so a position in it is
 * all that a webhook has to remember; whoever moves the position queues the message. Answers how many it queued.
 */
export async function queueChangeEvents(db: QueryClientContract): Promise<number> {
  const behind = await selectRows<{ id: number; last_change_id: number }>(
    db,
    `select id, last_change_id from webhooks
     where is_active and on_changes and last_change_id < (select coalesce(max(id), 0) from changes)`
  )
  for (const webhook of behind) {
    await queueNext(db, webhook.id, webhook.last_change_id)
  }
  return behind.length
}

async function queueNext(db: QueryClientContract, webhookId: number, afterId: number): Promise<void> {
  await shortTransaction(db, async (trx) => {
    const changes = await selectRows<{ id: number }>(trx, 'select id from changes where id > ? order by id limit ?', [
      afterId,
      CHANGES_AT_ONCE,
    ])
    const [first, last] = [changes[0], changes.at(-1)]
    const moved =
      last &&
      (await execute(trx, 'update webhooks set last_change_id = ? where id = ? and last_change_id = ?', [
        last.id,
        webhookId,
        afterId,
      ]))
    if (first && moved) {
      const now = DateTime.utc().toISO()
      await execute(
        trx,
        `insert into webhook_deliveries
           (webhook_id, event, first_change_id, last_change_id, status, attempts, next_at, created_at)
         values (?, 'changes', ?, ?, 'pending', 0, ?, ?)`,
        [webhookId, first.id, last.id, now, now]
      )
    }
  })
}
