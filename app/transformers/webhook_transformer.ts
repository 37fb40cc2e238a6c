import { WEBHOOK_EVENTS, type Delivery, type Webhook } from '#services/webhooks/webhook'
import { type Message } from '#services/webhooks/webhook_worker'
import { feedShape } from './change_transformer.js'
import { runShape } from './run_transformer.js'
import { choice, flag, integer, listOf, nullable, shape, text, time } from './shape.js'

const FIELDS = {
  id: integer<Webhook>((webhook) => webhook.id),
  name: text<Webhook>((webhook) => webhook.name),
  url: text<Webhook>((webhook) => webhook.url),
  events: listOf<Webhook>({ type: 'string', enum: WEBHOOK_EVENTS }, (webhook) => webhook.events),
  is_active: flag<Webhook>((webhook) => webhook.isActive),
  created_at: time<Webhook>((webhook) => webhook.createdAt),
}

/** An address that is told of changes and runs. Its secret cannot be shown again. */
export const webhookShape = shape<Webhook>('Webhook', FIELDS)

/** A webhook in the answer that made it, the only one that holds the secret that signs its messages. */
export const newWebhookShape = shape<Webhook & { readonly secret: string }>('NewWebhook', {
  ...FIELDS,
  secret: text((webhook) => webhook.secret),
})

/** One message to a webhook, and what came of it. */
export const deliveryShape = shape<Delivery>('WebhookDelivery', {
  id: integer((delivery) => delivery.id),
  webhook_id: integer((delivery) => delivery.webhookId),
  event: choice(WEBHOOK_EVENTS, (delivery) => delivery.event),
  first_change_id: nullable(integer((delivery) => delivery.firstChangeId)),
  last_change_id: nullable(integer((delivery) => delivery.lastChangeId)),
  run_id: nullable(integer((delivery) => delivery.runId)),
  status: choice(['pending', 'delivered', 'failed'], (delivery) => delivery.status),
  attempts: integer((delivery) => delivery.attempts),
  next_attempt_at: nullable(time((delivery) => delivery.nextAt)),
  answer_status: nullable(integer((delivery) => delivery.answerStatus)),
  error: nullable(text((delivery) => delivery.error)),
  created_at: time((delivery) => delivery.createdAt),
  ended_at: nullable(time((delivery) => delivery.endedAt)),
})

/** The body of a message. Changes and runs look as the API answers them. */
export function toMessageBody(message: Message): string {
  const { id, at, event } = message
  const data =
    message.event === 'changes'
      ? { changes: message.changes.map(feedShape.toJson) }
      : { run: runShape.toJson(message.run) }
  return JSON.stringify({ id, type: event, timestamp: at, data })
}
