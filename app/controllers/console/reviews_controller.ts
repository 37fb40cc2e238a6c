import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindReview, ListReviews } from '#services/reviews/list_reviews'
import { ResolveReview } from '#services/reviews/resolve_review'
import { toActor } from '#transformers/actor'
import { MAX_POSITION, readPosition } from '#transformers/console/list_position'
import { flashNotice, toAnsweredNotice } from '#transformers/console/notice'
import { REVIEWS_PER_PAGE, toReviewList } from '#transformers/console/review_list'
import { toReviewPage } from '#transformers/console/review_page'
import { reviewAnswerValidator } from '#validators/console_review'

@inject()
export default class ReviewsController {
  constructor(
    private listReviews: ListReviews,
    private findReview: FindReview,
    private resolveReview: ResolveReview
  ) {}

  /** What waits for a person, oldest first; or what was answered, newest first. */
  async index({ request, view }: HttpContext) {
    const { state, after, before } = request.qs()
    const limit = REVIEWS_PER_PAGE + 1

    const reviews =
      state === 'resolved'
        ? await this.listReviews.handle({ state, limit, beforeId: readPosition(before) ?? MAX_POSITION })
        : await this.listReviews.handle({ limit, afterId: readPosition(after) })
    const open = await this.listReviews.count()
    const list = toReviewList(reviews, state === 'resolved' ? 'resolved' : 'open', open)
    return view.render('pages/reviews/index', { list })
  }

  /** One question with those that it is about, side by side. */
  async show({ params, view }: HttpContext) {
    const review = await this.findReview.handle(params.id)
    return view.render('pages/reviews/show', { review: toReviewPage(review) })
  }

  /** Carries out an answer, and goes on to the next question; or stays where it was asked. */
  async update(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const resolution = await reviewAnswerValidator.validate(request.only(['verdict', 'survivor']))

    const { kind } = await this.findReview.handle(params.id)
    const { changeSetId } = await this.resolveReview.handle(params.id, resolution, toActor(ctx))
    flashNotice(session, toAnsweredNotice(kind, resolution.verdict, changeSetId))
    if (request.input('then') === 'back') {
      return response.redirect().status(303).back()
    }
    const [next] = await this.listReviews.handle({ limit: 1, afterId: params.id })
    return response
      .redirect()
      .status(303)
      .toPath(next ? `/reviews/${next.id}` : '/reviews')
  }
}
