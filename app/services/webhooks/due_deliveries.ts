import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { execute, selectRows } from '#services/sync/store/sql_client'
import { shortTransaction } from '#services/sync/store/write_clock'
import { toDelivery, type Delivery, type DeliveryRow } from './webhook.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Waits between the tries of a message: about a day in all. */
const WAITS_MS = [1, 5, 30, 120, 300, 480, 600].map((minutes) => minutes * MINUTE_MS)
const KEPT_MS = 30 * DAY_MS

/** A message that this process is to send now. */
export interface DueDelivery extends Delivery {
  readonly url: string
  /** Encrypted. */
  readonly secret: string
}

/** How a try to send ended. */
export interface Outcome {
  /** Null if there was no answer. */
  readonly answerStatus: number | null
  /** Null if it was taken. */
  readonly error: string | null
}

/**
 * Takes the message that is due longest, for this process alone: when it is due next is written before it is sent. A
 * process that dies over it leaves it for then.
 */
export async function takeDueDelivery(db: QueryClientContract, now: Date): Promise<DueDelivery | null> {
  const [row] = await selectRows<DeliveryRow & { url: string; secret: string }>(
    db,
    `select d.*, w.url, w.secret from webhook_deliveries d join webhooks w on w.id = d.webhook_id
     where d.status = 'pending' and d.next_at <= ? and w.is_active order by d.next_at, d.id limit 1`,
    [now.toISOString()]
  )
  if (!row) {
    return null
  }
  const nextAt = new Date(now.getTime() + WAITS_MS[Math.min(row.attempts, WAITS_MS.length - 1)]!)
  const taken = await shortTransaction(db, (trx) =>
    execute(
      trx,
      `update webhook_deliveries set attempts = attempts + 1, next_at = ?
       where id = ? and status = 'pending' and attempts = ? and next_at <= ?`,
      [nextAt.toISOString(), row.id, row.attempts, now.toISOString()]
    )
  )
  const attempts = row.attempts + 1
  return taken === 1 ? { ...toDelivery({ ...row, attempts }), url: row.url, secret: row.secret } : null
}

/** Writes down how a try ended. What was not taken waits for its next turn, until there is none. */
export async function recordOutcome(
  db: QueryClientContract,
  { id, attempts }: DueDelivery,
  { answerStatus, error }: Outcome
): Promise<void> {
  const isLast = attempts > WAITS_MS.length
  const status = error === null ? 'delivered' : isLast ? 'failed' : 'pending'
  const endedAt = status === 'pending' ? null : DateTime.utc().toISO()
  await shortTransaction(db, (trx) =>
    execute(
      trx,
      `update webhook_deliveries set status = ?, answer_status = ?, error = ?, ended_at = ?
       where id = ? and attempts = ?`,
      [status, answerStatus, error, endedAt, id, attempts]
    )
  )
}

/** Forgets what ended a month ago. */
export async function forgetOldDeliveries(db: QueryClientContract, now: Date): Promise<void> {
  await shortTransaction(db, (trx) =>
    execute(trx, `delete from webhook_deliveries where status <> 'pending' and ended_at < ?`, [
      new Date(now.getTime() - KEPT_MS).toISOString(),
    ])
  )
}
