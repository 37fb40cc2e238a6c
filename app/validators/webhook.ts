import vine from '@vinejs/vine'
import { WEBHOOK_EVENTS } from '#services/webhooks/webhook'
import { PAGING } from './paging.js'
import { notNull, strict } from './rules.js'
import { line } from './text.js'

const events = () => vine.array(vine.enum(WEBHOOK_EVENTS)).minLength(1).distinct()

/** Body of `POST /api/webhooks`. */
export const createWebhookValidator = vine.create(strict({ name: line(100), url: line(2000), events: events() }))

/** Body of `PUT /api/webhooks/{id}`. */
export const updateWebhookValidator = vine.create(
  strict({
    name: line(100).optional().use(notNull()),
    url: line(2000).optional().use(notNull()),
    events: events().optional().use(notNull()),
    is_active: vine.boolean({ strict: true }).optional().use(notNull()),
  })
)

/** Query of `GET /api/webhooks/{id}/deliveries`. */
export const listDeliveriesValidator = vine.create(
  strict({ status: vine.enum(['pending', 'delivered', 'failed'] as const).optional(), ...PAGING })
)
