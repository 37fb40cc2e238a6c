import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ExplainAsset } from '#services/inventory/explain_asset'
import { explanationShape } from '#transformers/explanation_transformer'

@inject()
export default class ItemExplanationsController {
  constructor(private explainAsset: ExplainAsset) {}

  /** Why each field has its value. */
  async show({ params }: HttpContext) {
    const explanations = await this.explainAsset.handle(params.id)
    return explanations.map(explanationShape.toJson)
  }
}
