import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindPlan } from '#services/sync/find_plan'
import { cutPage, decodeIdCursor } from '#transformers/id_cursor'
import { toTotal, writePageHeaders } from '#transformers/page_headers'
import { planRowShape } from '#transformers/plan_transformer'
import { DEFAULT_LIMIT, pageValidator } from '#validators/paging'

@inject()
export default class PlanRowsController {
  constructor(private findPlan: FindPlan) {}

  /** What a plan would change, item by item, in the order in which it would be applied. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor } = await pageValidator.validate(ctx.request.qs())

    const { id } = ctx.params
    const rows = await this.findPlan.rows(id, decodeIdCursor('plan_rows', cursor) ?? 0, limit + 1)
    const { page, nextCursor } = cutPage('plan_rows', rows, limit, ({ seq }) => seq)
    const { rowCount } = await this.findPlan.handle(id)
    writePageHeaders(ctx, { nextCursor, total: toTotal(rowCount) })
    return page.map(planRowShape.toJson)
  }
}
