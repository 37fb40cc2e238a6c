import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindWebhooks } from '#services/webhooks/find_webhooks'
import { SaveWebhook } from '#services/webhooks/save_webhook'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'

@inject()
export default class WebhookDeletionsController {
  constructor(
    private findWebhooks: FindWebhooks,
    private saveWebhook: SaveWebhook
  ) {}

  /** What deleting the webhook means. */
  async create({ params, view }: HttpContext) {
    return view.render('pages/webhooks/delete', { webhook: await this.findWebhooks.one(params.id) })
  }

  /** Deletes the webhook with the log of its messages. */
  async store(ctx: HttpContext) {
    const { name } = await this.findWebhooks.one(ctx.params.id)
    await this.saveWebhook.delete(ctx.params.id, toActor(ctx))
    flashNotice(ctx.session, { text: `${name} is deleted.` })
    return ctx.response.redirect().status(303).toPath('/webhooks')
  }
}
