import { ListReviews } from '#services/reviews/list_reviews'
import { ResolveReview, type Resolution, type ResolveOutcome } from '#services/reviews/resolve_review'
import { UndoChangeSet, type UndoOutcome } from '#services/inventory/undo_change_set'
import { type ReviewView } from '#services/reviews/review_view'

export const PERSON = { userId: null, name: 'ada' }

/** Open reviews with their evidence. */
export async function openReviews(): Promise<ReviewView[]> {
  return new ListReviews().handle({ limit: 100 })
}

/** Answers the only open review. */
export async function answer(resolution: Resolution): Promise<ResolveOutcome> {
  const reviews = await openReviews()
  if (reviews.length !== 1) {
    throw new Error(`there are ${reviews.length} open reviews`)
  }
  return new ResolveReview().handle(reviews[0]!.id, resolution, PERSON)
}

export async function undo(changeSetId: number | null): Promise<UndoOutcome> {
  return new UndoChangeSet().handle(changeSetId!, PERSON)
}
