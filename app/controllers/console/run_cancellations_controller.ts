import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { CancelRun } from '#services/sync/cancel_run'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'

@inject()
export default class RunCancellationsController {
  constructor(private cancelRun: CancelRun) {}

  /** Cancels a run, or discards its plan. */
  async store(ctx: HttpContext) {
    const { id } = ctx.params

    await this.cancelRun.handle(id, toActor(ctx))
    flashNotice(ctx.session, { text: `Run ${id} is cancelled.` })
    return ctx.response.redirect().status(303).toPath(`/runs/${id}`)
  }
}
