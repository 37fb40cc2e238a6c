import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ApprovePlan } from '#services/sync/approve_plan'
import { FindPlan } from '#services/sync/find_plan'
import { TriggerSync } from '#services/sync/trigger_sync'
import { toActor } from '#transformers/actor'
import { approvedPlanShape, planShape, startedPlanShape } from '#transformers/plan_transformer'
import { applyPlanValidator, createPlanValidator } from '#validators/plan'

@inject()
export default class PlansController {
  constructor(
    private triggerSync: TriggerSync,
    private findPlan: FindPlan,
    private approvePlan: ApprovePlan
  ) {}

  /** Asks for a plan. A worker reads the source and plans; it writes nothing to the inventory. */
  async store(ctx: HttpContext) {
    const { source } = await createPlanValidator.validate(ctx.request.body())

    const actor = toActor(ctx)
    const { runId } = await this.triggerSync.handle({ source, trigger: 'manual', mode: 'plan', actor })
    ctx.response.status(202).header('Location', `/api/sync/plans/${runId}`)
    return startedPlanShape.toJson({ runId })
  }

  /** One plan, or one run that waits for approval. */
  async show({ params }: HttpContext) {
    return planShape.toJson(await this.findPlan.handle(params.id))
  }

  /** Approves a plan, with the guards it tripped, by its hash. A worker applies the ticked rows. */
  async apply(ctx: HttpContext) {
    const { plan_hash: planHash, rows } = await applyPlanValidator.validate(ctx.request.body())

    const { changeSetId } = await this.approvePlan.handle(ctx.params.id, { planHash, rows }, toActor(ctx))
    ctx.response.status(202).header('X-Change-Id', String(changeSetId))
    ctx.response.header('Location', `/api/sync/plans/${ctx.params.id}`)
    return approvedPlanShape.toJson(await this.findPlan.handle(ctx.params.id))
  }
}
