import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { UndoRun } from '#services/inventory/undo_run'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'
import { toRunUndoNotice } from '#transformers/console/written'

@inject()
export default class RunUndosController {
  constructor(private undoRun: UndoRun) {}

  /** Takes back what a run wrote, or shows how a worker does when it is much; what people changed since stays. */
  async store(ctx: HttpContext) {
    const { id } = ctx.params

    const started = await this.undoRun.handle(id, toActor(ctx))
    if (started.isQueued) {
      return ctx.response.redirect().status(303).toPath(`/runs/${started.runId}`)
    }
    flashNotice(ctx.session, toRunUndoNotice(started.outcomes))
    return ctx.response.redirect().status(303).toPath(`/runs/${id}`)
  }
}
