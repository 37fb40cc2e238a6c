import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { CancelRun } from '#services/sync/cancel_run'
import { FindRun } from '#services/sync/find_run'
import { toActor } from '#transformers/actor'
import { runShape } from '#transformers/run_transformer'

@inject()
export default class SyncCancellationsController {
  constructor(
    private cancelRun: CancelRun,
    private findRun: FindRun
  ) {}

  /** Cancels a run or a plan. A worker under way stops at the next safe point; what it wrote stays. */
  async store(ctx: HttpContext) {
    await this.cancelRun.handle(ctx.params.id, toActor(ctx))
    ctx.response.status(202).header('Location', `/api/sync/status/${ctx.params.id}`)
    return runShape.toJson(await this.findRun.handle(ctx.params.id))
  }
}
