import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { FindReview, ListReviews } from '#services/reviews/list_reviews'
import { ResolveReview } from '#services/reviews/resolve_review'
import { toActor } from '#transformers/actor'
import { writeChangeId } from '#transformers/change_id'
import { resolutionShape } from '#transformers/decision_transformer'
import { cutPage, decodeIdCursor } from '#transformers/id_cursor'
import { toTotal, writePageHeaders } from '#transformers/page_headers'
import { reviewShape } from '#transformers/review_transformer'
import { listReviewsValidator, resolveReviewValidator } from '#validators/decision'
import { DEFAULT_LIMIT } from '#validators/paging'

@inject()
export default class ReviewsController {
  constructor(
    private listReviews: ListReviews,
    private findReview: FindReview,
    private resolveReview: ResolveReview
  ) {}

  /** What needs a person, oldest first. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = await listReviewsValidator.validate(ctx.request.qs())

    const afterId = decodeIdCursor('reviews', cursor)
    const reviews = await this.listReviews.handle({ ...filter, limit: limit + 1, afterId })
    const { page, nextCursor } = cutPage('reviews', reviews, limit, ({ id }) => id)
    const total = toTotal(await this.listReviews.count(filter))
    writePageHeaders(ctx, { nextCursor, total })
    return page.map(reviewShape.toJson)
  }

  /** One review with those that it is about, side by side. */
  async show({ params }: HttpContext) {
    return reviewShape.toJson(await this.findReview.handle(params.id))
  }

  /** Carries out what a person answers. */
  async resolve(ctx: HttpContext) {
    const { dry_run: dryRun, ...resolution } = await resolveReviewValidator.validate(ctx.request.body())

    const outcome = await this.resolveReview.handle(ctx.params.id, resolution, toActor(ctx), { dryRun })
    writeChangeId(ctx, outcome)
    return resolutionShape.toJson(outcome)
  }
}
