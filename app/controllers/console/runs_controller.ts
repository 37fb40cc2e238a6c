import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ReadRun } from '#services/console/read_run'
import { ConfiguredSources } from '#services/sources/configured_sources'
import { ListRuns } from '#services/sync/list_runs'
import { TriggerSync } from '#services/sync/trigger_sync'
import { toActor } from '#transformers/actor'
import { readPosition } from '#transformers/console/list_position'
import { toPlanPage } from '#transformers/console/plan_page'
import { toReviewPage } from '#transformers/console/review_page'
import { RUNS_PER_PAGE, toRunList } from '#transformers/console/run_list'
import { toRunSummary } from '#transformers/console/run_summary'
import { toWritten } from '#transformers/console/written'
import { triggerSyncValidator } from '#validators/sync'

@inject()
export default class RunsController {
  constructor(
    private listRuns: ListRuns,
    private readRun: ReadRun,
    private triggerSync: TriggerSync,
    private sources: ConfiguredSources
  ) {}

  /** Every sync, newest first. */
  async index({ request, view }: HttpContext) {
    const beforeId = readPosition(request.qs().before)
    const runs = await this.listRuns.handle({ limit: RUNS_PER_PAGE + 1, beforeId })
    return view.render('pages/runs/index', { list: toRunList(runs, this.sources.active(), beforeId) })
  }

  /** One sync, while it works and after. */
  async show({ params, request, view }: HttpContext) {
    const { run, plan, rows, changeSets, refusals } = await this.readRun.whole(
      params.id,
      readPosition(request.qs().after) ?? 0
    )
    return view.render('pages/runs/show', {
      run: toRunSummary(run, plan?.guards),
      plan: toPlanPage(plan, rows),
      written: toWritten(changeSets, run),
      refusals: refusals.map(toReviewPage),
    })
  }

  /** Asks for a sync, or for a plan only, and shows it. */
  async store(ctx: HttpContext) {
    const { source } = await triggerSyncValidator.validate(ctx.request.only(['source']))

    const mode = ctx.request.input('mode') === 'plan' ? 'plan' : 'apply'
    const { runId } = await this.triggerSync.handle({ source, trigger: 'manual', mode, actor: toActor(ctx) })
    return ctx.response.redirect().status(303).toPath(`/runs/${runId}`)
  }
}
