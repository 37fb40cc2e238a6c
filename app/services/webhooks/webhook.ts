import { toIso } from '#database/columns'

/** What a webhook can be told of: changes of items, and runs that ended. */
export const WEBHOOK_EVENTS = ['changes', 'run'] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** An address that is told of events. Its secret is not part of it. */
export interface Webhook {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly events: readonly WebhookEvent[]
  readonly isActive: boolean
  readonly createdAt: string
}

/** A row of `webhooks`. */
export interface WebhookRow {
  id: number
  name: string
  url: string
  secret: string
  on_changes: boolean | number
  on_runs: boolean | number
  is_active: boolean | number
  last_change_id: number
  created_at: unknown
}

export function toWebhook(row: WebhookRow): Webhook {
  const events = WEBHOOK_EVENTS.filter((event) => Boolean(event === 'changes' ? row.on_changes : row.on_runs))
  const { id, name, url } = row
  return { id, name, url, events, isActive: Boolean(row.is_active), createdAt: toIso(row.created_at)! }
}

export type DeliveryStatus = 'pending' | 'delivered' | 'failed'

/** One message to a webhook, and what came of it. */
export interface Delivery {
  readonly id: number
  readonly webhookId: number
  readonly event: WebhookEvent
  readonly firstChangeId: number | null
  readonly lastChangeId: number | null
  readonly runId: number | null
  readonly status: DeliveryStatus
  readonly attempts: number
  /** When it is tried again; null once it ended. */
  readonly nextAt: string | null
  /** What the last try was answered; null if nothing was. */
  readonly answerStatus: number | null
  readonly error: string | null
  readonly createdAt: string
  readonly endedAt: string | null
}

export interface DeliveryRow {
  id: number
  webhook_id: number
  event: WebhookEvent
  first_change_id: number | null
  last_change_id: number | null
  run_id: number | null
  status: DeliveryStatus
  attempts: number
  next_at: unknown
  answer_status: number | null
  error: string | null
  created_at: unknown
  ended_at: unknown
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    event: row.event,
    firstChangeId: row.first_change_id,
    lastChangeId: row.last_change_id,
    runId: row.run_id,
    status: row.status,
    attempts: row.attempts,
    nextAt: row.status === 'pending' ? toIso(row.next_at) : null,
    answerStatus: row.answer_status,
    error: row.error,
    createdAt: toIso(row.created_at)!,
    endedAt: toIso(row.ended_at),
  }
}
