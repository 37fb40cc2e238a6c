import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindChangeSet } from '#services/inventory/list_changes'
import { StartUndo } from '#services/inventory/start_undo'
import { toActor } from '#transformers/actor'
import { writeChangeId } from '#transformers/change_id'
import { changeSetShape } from '#transformers/change_set_transformer'
import { undoShape } from '#transformers/undo_transformer'
import { undoValidator } from '#validators/undo'

@inject()
export default class ChangeSetsController {
  constructor(
    private findChangeSet: FindChangeSet,
    private startUndo: StartUndo
  ) {}

  /** What was changed together, by whom, and whether it was taken back. */
  async show({ params }: HttpContext) {
    return changeSetShape.toJson(await this.findChangeSet.handle(params.id))
  }

  /** Takes a change set back by a new one, which a worker writes when it is large. What people changed since stays and is listed. */
  async undo(ctx: HttpContext) {
    const { dry_run: dryRun } = await undoValidator.validate(ctx.request.body())

    const started = await this.startUndo.handle([ctx.params.id], toActor(ctx), { dryRun })
    if (started.isQueued) {
      const changeSetId = started.changeSetIds[0]!
      writeChangeId(ctx, { changeSetId })
      ctx.response.status(202).header('Location', `/api/changes/${changeSetId}`)
      return changeSetShape.toJson(await this.findChangeSet.handle(changeSetId))
    }
    const outcome = started.outcomes[0]!
    writeChangeId(ctx, outcome)
    return undoShape.toJson(outcome)
  }
}
