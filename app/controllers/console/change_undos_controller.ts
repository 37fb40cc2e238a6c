import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { toActor } from '#transformers/actor'
import { flashNotice, toUndoNotice } from '#transformers/console/notice'

@inject()
export default class ChangeUndosController {
  constructor(private undoChangeSet: UndoChangeSet) {}

  /** Takes a change back; what people changed since stays. */
  async store(ctx: HttpContext) {
    const outcome = await this.undoChangeSet.handle(ctx.params.id, toActor(ctx))

    flashNotice(ctx.session, toUndoNotice(outcome))
    return ctx.response.redirect().status(303).back()
  }
}
