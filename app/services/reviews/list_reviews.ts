import db from '@adonisjs/lucid/services/db'
import { ReviewNotFound } from '#core/reconcile/errors'
import { type ReviewKind } from '#core/reconcile/review'
import { loadAssets } from '#services/sync/store/asset_queries'
import { loadRecords } from '#services/sync/store/record_queries'
import {
  countReviews,
  findReview,
  selectReviews,
  type ReviewFilter,
  type StoredReview,
} from '#services/sync/store/review_queries'
import { loadSourceRanks } from '#services/sync/store/source_queries'
import { toReviewView, type ReviewView } from './review_view.js'

export interface ReviewQuery {
  /** Default: open. */
  readonly state?: 'open' | 'resolved' | 'all'
  readonly kind?: ReviewKind
  readonly limit: number
  readonly afterId?: number
  /** Newest first, before this id. */
  readonly beforeId?: number
}

/** Parties of a review that are shown; a question about more is told by its sentence. */
const MOST_PARTIES = 20

/** What waits for a person, oldest first unless asked otherwise, with the evidence side by side. */
export class ListReviews {
  async handle({ limit, afterId = 0, beforeId, ...query }: ReviewQuery): Promise<ReviewView[]> {
    const page = beforeId === undefined ? { afterId, limit } : { beforeId, limit }
    return toViews(await selectReviews(db.connection(), toFilter(query), page))
  }

  async count(query: Pick<ReviewQuery, 'state' | 'kind'> = {}): Promise<number> {
    return countReviews(db.connection(), toFilter(query))
  }
}

/** One review. */
export class FindReview {
  /** @throws ReviewNotFound */
  async handle(id: number): Promise<ReviewView> {
    const review = await findReview(db.connection(), id)
    if (!review) {
      throw new ReviewNotFound(id)
    }
    const [view] = await toViews([review])
    return view!
  }
}

function toFilter({ state = 'open', kind }: Pick<ReviewQuery, 'state' | 'kind'>): ReviewFilter {
  return { ...(state === 'all' ? {} : { state }), ...(kind === undefined ? {} : { kind }) }
}

async function toViews(reviews: readonly StoredReview[]): Promise<ReviewView[]> {
  const client = db.connection()
  const recordIds = new Set(reviews.flatMap((review) => review.recordIds.slice(0, MOST_PARTIES)))
  const records = await loadRecords(client, [...recordIds], null)
  const named = reviews.flatMap((review) => review.assetIds.slice(0, MOST_PARTIES))
  const assetIds = new Set([...named, ...records.flatMap((record) => record.assetId ?? [])])
  const known = {
    records: new Map(records.map((record) => [record.id, record])),
    assets: await loadAssets(client, [...assetIds]),
    sources: await loadSourceRanks(client),
  }
  return reviews.map((review) => toReviewView(review, known))
}
