import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ExplainAsset } from '#services/inventory/explain_asset'
import { explanationShape } from '#transformers/explanation_transformer'
import { pageOfShortList } from '#transformers/short_list'
import { pageValidator } from '#validators/paging'

@inject()
export default class ItemExplanationsController {
  constructor(private explainAsset: ExplainAsset) {}

  /** Why each field has its value. */
  async show(ctx: HttpContext) {
    const paging = await pageValidator.validate(ctx.request.qs())

    const explanations = await this.explainAsset.handle(ctx.params.id)
    const rows = explanations.map((explanation, index) => ({ explanation, place: index + 1 }))
    const page = pageOfShortList(ctx, { name: 'explanations', rows, idOf: ({ place }) => place }, paging)
    return page.map(({ explanation }) => explanationShape.toJson(explanation))
  }
}
