import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindChangeSet } from '#services/inventory/list_changes'
import { UndoChangeSet } from '#services/inventory/undo_change_set'
import { toActor } from '#transformers/actor'
import { writeChangeId } from '#transformers/change_id'
import { changeSetShape } from '#transformers/change_set_transformer'
import { undoShape } from '#transformers/undo_transformer'
import { undoValidator } from '#validators/undo'

@inject()
export default class ChangeSetsController {
  constructor(
    private findChangeSet: FindChangeSet,
    private undoChangeSet: UndoChangeSet
  ) {}

  /** What was changed together, by whom, and whether it was taken back. */
  async show({ params }: HttpContext) {
    return changeSetShape.toJson(await this.findChangeSet.handle(params.id))
  }

  /** Takes a change set back by a new one. What people changed since stays and is listed. */
  async undo(ctx: HttpContext) {
    const { dry_run: dryRun } = await undoValidator.validate(ctx.request.body())

    const outcome = await this.undoChangeSet.handle(ctx.params.id, toActor(ctx), { dryRun })
    writeChangeId(ctx, outcome)
    return undoShape.toJson(outcome)
  }
}
