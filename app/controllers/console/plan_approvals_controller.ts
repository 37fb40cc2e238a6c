import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ApprovePlan } from '#services/sync/approve_plan'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'
import { approvalFormValidator } from '#validators/console_plan'

@inject()
export default class PlanApprovalsController {
  constructor(private approvePlan: ApprovePlan) {}

  /** Applies a plan, or its ticked rows; the page of the run then follows the worker. */
  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { plan_hash: planHash, scope, rows = [] } = await approvalFormValidator.validate(request.body())

    const redirect = response.redirect().status(303)
    if (scope === 'ticked' && rows.length === 0) {
      flashNotice(session, { text: 'Tick the rows to apply first.', kind: 'bad' })
      return redirect.toPath(`/runs/${params.id}`)
    }
    await this.approvePlan.handle(params.id, { planHash, ...(scope === 'ticked' && { rows }) }, toActor(ctx))
    return redirect.toPath(`/runs/${params.id}`)
  }
}
