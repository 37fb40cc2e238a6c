import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { FindRun } from '#services/sync/find_run'
import { ListRuns } from '#services/sync/list_runs'
import { TriggerSync } from '#services/sync/trigger_sync'
import { toActor } from '#transformers/actor'
import { readPosition } from '#transformers/console/list_position'
import { RUNS_PER_PAGE, toRunList } from '#transformers/console/run_list'
import { toRunSummary } from '#transformers/console/run_summary'
import { triggerSyncValidator } from '#validators/sync'

@inject()
export default class RunsController {
  constructor(
    private listRuns: ListRuns,
    private findRun: FindRun,
    private triggerSync: TriggerSync,
    private sources: ConfiguredSources
  ) {}

  /** Every sync, newest first. */
  async index({ request, view }: HttpContext) {
    const beforeId = readPosition(request.qs().before)
    const runs = await this.listRuns.handle({ limit: RUNS_PER_PAGE + 1, beforeId })
    return view.render('pages/runs/index', { list: toRunList(runs, this.sources.active()) })
  }

  /** One sync, while it works and after. */
  async show({ params, view }: HttpContext) {
    return view.render('pages/runs/show', { run: toRunSummary(await this.findRun.handle(params.id)) })
  }

  /** Asks for a sync and shows it. */
  async store(ctx: HttpContext) {
    const { source } = await triggerSyncValidator.validate(ctx.request.only(['source']))

    const { runId } = await this.triggerSync.handle({ source, trigger: 'manual', actor: toActor(ctx) })
    return ctx.response.redirect().status(303).toPath(`/runs/${runId}`)
  }
}
