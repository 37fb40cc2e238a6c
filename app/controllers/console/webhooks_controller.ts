import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindWebhooks } from '#services/webhooks/find_webhooks'
import { SaveWebhook } from '#services/webhooks/save_webhook'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'
import { readForm } from '#transformers/console/read_form'
import { EVENT_CHOICES, toWebhookRow } from '#transformers/console/webhook_page'
import { newWebhookFormValidator, webhookFormValidator } from '#validators/console_webhook'

@inject()
export default class WebhooksController {
  constructor(
    private findWebhooks: FindWebhooks,
    private saveWebhook: SaveWebhook
  ) {}

  /** Every webhook with its newest message. */
  async index({ view }: HttpContext) {
    const webhooks = await this.findWebhooks.list()
    const newest = await this.findWebhooks.newestDeliveries()
    return view.render('pages/webhooks/index', {
      rows: webhooks.map((webhook) => toWebhookRow(webhook, newest.get(webhook.id))),
    })
  }

  /** The form for a new webhook. */
  async create({ view }: HttpContext) {
    return view.render('pages/webhooks/create', { events: EVENT_CHOICES })
  }

  /** Adds a webhook. This answer shows its secret; the session and the next pages do not know it. */
  async store(ctx: HttpContext) {
    const { request, response, view } = ctx
    const form = await readForm(newWebhookFormValidator, request.except(['_csrf']))

    const { secret, ...webhook } = await this.saveWebhook.create(form, toActor(ctx))
    response.header('Cache-Control', 'no-store')
    return view.render('pages/webhooks/made', { webhook: toWebhookRow(webhook), value: secret })
  }

  /** The form of a webhook. */
  async edit({ params, view }: HttpContext) {
    const webhook = toWebhookRow(await this.findWebhooks.one(params.id))
    return view.render('pages/webhooks/edit', { webhook, events: EVENT_CHOICES })
  }

  /** Changes a webhook, or switches it off and on. */
  async update(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { is_active: isActive, ...form } = await readForm(webhookFormValidator, request.except(['_csrf']))

    const patch = { ...form, isActive: isActive === 'true' }
    const webhook = await this.saveWebhook.update(params.id, patch, toActor(ctx))
    flashNotice(session, { text: `${webhook.name} is saved.` })
    return response.redirect().status(303).toPath(`/webhooks/${webhook.id}`)
  }
}
