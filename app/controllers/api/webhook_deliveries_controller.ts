import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindWebhooks } from '#services/webhooks/find_webhooks'
import { ResendDelivery } from '#services/webhooks/resend_delivery'
import { toActor } from '#transformers/actor'
import { cutPage, decodeIdCursor } from '#transformers/id_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { deliveryShape } from '#transformers/webhook_transformer'
import { DEFAULT_LIMIT } from '#validators/paging'
import { listDeliveriesValidator } from '#validators/webhook'

@inject()
export default class WebhookDeliveriesController {
  constructor(
    private findWebhooks: FindWebhooks,
    private resendDelivery: ResendDelivery
  ) {}

  /** What was sent to a webhook, newest first. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor, status } = await listDeliveriesValidator.validate(ctx.request.qs())

    const query = { limit: limit + 1, beforeId: decodeIdCursor('deliveries', cursor), status }
    const deliveries = await this.findWebhooks.deliveries(ctx.params.id, query)
    const { page, nextCursor } = cutPage('deliveries', deliveries, limit, ({ id }) => id)
    writePageHeaders(ctx, { nextCursor, total: await this.findWebhooks.countDeliveries(ctx.params.id, { status }) })
    return page.map(deliveryShape.toJson)
  }

  /** Sends a message once more; a worker does so within a second. */
  async resend(ctx: HttpContext) {
    const delivery = await this.resendDelivery.handle(ctx.params.id, toActor(ctx))
    ctx.response.status(202)
    return deliveryShape.toJson(delivery)
  }
}
