import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindWebhooks } from '#services/webhooks/find_webhooks'
import { SaveWebhook } from '#services/webhooks/save_webhook'
import { toActor } from '#transformers/actor'
import { pageOfShortList } from '#transformers/short_list'
import { newWebhookShape, webhookShape } from '#transformers/webhook_transformer'
import { pageValidator } from '#validators/paging'
import { createWebhookValidator, updateWebhookValidator } from '#validators/webhook'

@inject()
export default class WebhooksController {
  constructor(
    private findWebhooks: FindWebhooks,
    private saveWebhook: SaveWebhook
  ) {}

  /** Every webhook. */
  async index(ctx: HttpContext) {
    const paging = await pageValidator.validate(ctx.request.qs())

    const rows = await this.findWebhooks.list()
    return pageOfShortList(ctx, { name: 'webhooks', rows, idOf: ({ id }) => id }, paging).map(webhookShape.toJson)
  }

  /** One webhook. */
  async show({ params }: HttpContext) {
    return webhookShape.toJson(await this.findWebhooks.one(params.id))
  }

  /** Adds a webhook. Its secret is in this answer and nowhere else. */
  async store(ctx: HttpContext) {
    const input = await createWebhookValidator.validate(ctx.request.body())

    const webhook = await this.saveWebhook.create(input, toActor(ctx))
    ctx.response.status(201).header('Location', `/api/webhooks/${webhook.id}`)
    return newWebhookShape.toJson(webhook)
  }

  /** Changes a webhook, or switches it off and on. */
  async update(ctx: HttpContext) {
    const { is_active: isActive, ...rest } = await updateWebhookValidator.validate(ctx.request.body())

    return webhookShape.toJson(await this.saveWebhook.update(ctx.params.id, { ...rest, isActive }, toActor(ctx)))
  }

  /** Removes a webhook and the log of its deliveries. */
  async destroy(ctx: HttpContext) {
    await this.saveWebhook.delete(ctx.params.id, toActor(ctx))
    return ctx.response.noContent()
  }
}
