import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindRun } from '#services/sync/find_run'
import { ListRuns } from '#services/sync/list_runs'
import { TriggerSync } from '#services/sync/trigger_sync'
import { toActor } from '#transformers/actor'
import { cutPage, decodeIdCursor } from '#transformers/id_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { runShape, startedRunShape } from '#transformers/run_transformer'
import { DEFAULT_LIMIT, pageValidator } from '#validators/paging'
import { triggerSyncValidator } from '#validators/sync'

@inject()
export default class SyncController {
  constructor(
    private triggerSync: TriggerSync,
    private findRun: FindRun,
    private listRuns: ListRuns
  ) {}

  /** Asks for a sync. Answers as soon as the run is recorded; a worker executes it. */
  async store(ctx: HttpContext) {
    const { source } = await triggerSyncValidator.validate(ctx.request.body())

    const { runId } = await this.triggerSync.handle({ source, trigger: 'manual', actor: toActor(ctx) })
    ctx.response.status(202).header('Location', `/api/sync/status/${runId}`)
    return startedRunShape.toJson({ runId, source })
  }

  /** One run, while it works and after. */
  async show({ params }: HttpContext) {
    return runShape.toJson(await this.findRun.handle(params.id))
  }

  /** Past and present runs, newest first. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor } = await pageValidator.validate(ctx.request.qs())

    const runs = await this.listRuns.handle({ limit: limit + 1, beforeId: decodeIdCursor('runs', cursor) })
    const { page, nextCursor } = cutPage('runs', runs, limit, ({ id }) => id)
    writePageHeaders(ctx, { nextCursor, total: await this.listRuns.count() })
    return page.map(runShape.toJson)
  }
}
