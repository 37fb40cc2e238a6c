import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ListReviews } from '#services/reviews/list_reviews'
import { ListSources } from '#services/sources/list_sources'
import { toReviewPage } from '#transformers/console/review_page'
import { toSourceCard } from '#transformers/console/source_card'

@inject()
export default class SourcesController {
  constructor(
    private listSources: ListSources,
    private listReviews: ListReviews
  ) {}

  /** Every source, with the connection test that was just made. */
  async index({ session, view }: HttpContext) {
    const sources = await this.listSources.handle()
    const refusals = await this.listReviews.handle({ kind: 'guard_tripped', limit: 100 })
    return view.render('pages/sources/index', {
      sources: sources.map(toSourceCard),
      refusals: Object.fromEntries(refusals.map((review) => [review.source, toReviewPage(review)])),
      report: session.flashMessages.get('report'),
    })
  }
}
