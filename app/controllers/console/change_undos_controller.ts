import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { StartUndo } from '#services/inventory/start_undo'
import { toActor } from '#transformers/actor'
import { flashNotice, toUndoNotice } from '#transformers/console/notice'

@inject()
export default class ChangeUndosController {
  constructor(private startUndo: StartUndo) {}

  /** Takes a change back, or shows how a worker does when it is large; what people changed since stays. */
  async store(ctx: HttpContext) {
    const started = await this.startUndo.handle([ctx.params.id], toActor(ctx))

    if (started.isQueued) {
      return ctx.response.redirect().status(303).toPath(`/runs/${started.runId}`)
    }
    flashNotice(ctx.session, toUndoNotice(started.outcomes[0]!))
    return ctx.response.redirect().status(303).back()
  }
}
