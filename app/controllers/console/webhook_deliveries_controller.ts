import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindWebhooks } from '#services/webhooks/find_webhooks'
import { ResendDelivery } from '#services/webhooks/resend_delivery'
import { toActor } from '#transformers/actor'
import { readPosition } from '#transformers/console/list_position'
import { flashNotice } from '#transformers/console/notice'
import { DELIVERIES_PER_PAGE, readDeliveryStatus, toWebhookPage } from '#transformers/console/webhook_page'

@inject()
export default class WebhookDeliveriesController {
  constructor(
    private findWebhooks: FindWebhooks,
    private resendDelivery: ResendDelivery
  ) {}

  /** One webhook with what was sent to it, newest first. */
  async index({ params, request, view }: HttpContext) {
    const status = readDeliveryStatus(request.qs().status)
    const beforeId = readPosition(request.qs().before)

    const query = { limit: DELIVERIES_PER_PAGE + 1, beforeId, status }
    const webhook = await this.findWebhooks.one(params.id)
    const deliveries = await this.findWebhooks.deliveries(params.id, query)
    return view.render('pages/webhooks/show', toWebhookPage(webhook, deliveries, { status, beforeId }))
  }

  /** Sends a message once more; a worker does so within a second. */
  async update(ctx: HttpContext) {
    const { webhookId } = await this.resendDelivery.handle(ctx.params.id, toActor(ctx))
    flashNotice(ctx.session, { text: 'The message is sent again.' })
    return ctx.response.redirect().status(303).toPath(`/webhooks/${webhookId}`)
  }
}
