import vine from '@vinejs/vine'
import { WEBHOOK_EVENTS } from '#services/webhooks/webhook'
import { line } from './text.js'

const FIELDS = {
  name: () => line(100),
  url: () => line(2000),
  events: () => vine.array(vine.enum(WEBHOOK_EVENTS)).minLength(1).distinct(),
}

/** The form of a new webhook. */
export const newWebhookFormValidator = vine.create({ name: FIELDS.name(), url: FIELDS.url(), events: FIELDS.events() })

/** The form of a webhook: all of its fields come. */
export const webhookFormValidator = vine.create({
  name: FIELDS.name(),
  url: FIELDS.url(),
  events: FIELDS.events(),
  is_active: vine.enum(['true', 'false']),
})
