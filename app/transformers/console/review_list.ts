import { type ReviewView } from '#services/reviews/review_view'
import { answererOf, toAnswerWords, toQuestion, verdictOf } from './review_words.js'

export const REVIEWS_PER_PAGE = 50

/** Names of parties that a row shows. */
const MOST_NAMES = 3

type State = 'open' | 'resolved'

/** A page of the inbox; `reviews` holds one more than fits if there are more. */
export function toReviewList(reviews: readonly ReviewView[], state: State, open: number) {
  const page = reviews.slice(0, REVIEWS_PER_PAGE)
  const last = page.at(-1)
  const address = state === 'open' ? '/reviews?' : '/reviews?state=resolved&'
  return {
    state,
    isOpen: state === 'open',
    tabs: [
      { label: 'Open', href: '/reviews', count: open.toLocaleString('en'), isOn: state === 'open' },
      { label: 'Answered', href: '/reviews?state=resolved', count: null, isOn: state === 'resolved' },
    ],
    rows: page.map(toReviewRow),
    nextHref:
      reviews.length > REVIEWS_PER_PAGE && last
        ? `${address}${state === 'open' ? 'after' : 'before'}=${last.id}`
        : null,
  }
}

function toReviewRow(review: ReviewView) {
  const names = [...new Set(review.parties.map(({ title }) => title))]
  const more = names.length - MOST_NAMES
  return {
    id: review.id,
    title: toQuestion(review.kind),
    sentence: review.sentence,
    names: names.slice(0, MOST_NAMES).join(', '),
    moreNames: more > 0 ? ` and ${more} more` : '',
    sources: sourcesOf(review),
    openedAt: review.openedAt,
    isPutOff: review.state === 'open' && verdictOf(review) === 'later',
    answer: toAnswer(review),
    answeredAt: review.resolvedAt,
  }
}

/** The sources whose records are in question. */
function sourcesOf({ source, parties }: ReviewView): string[] {
  const named = parties.flatMap((party) => (party.kind === 'record' ? (party.source ?? []) : []))
  return [...new Set(named.length > 0 || source === null ? named : [source])]
}

/** What a settled question was answered with, and by whom; null of an open one. */
export function toAnswer(review: ReviewView): { readonly label: string; readonly by: string } | null {
  if (review.state === 'open') {
    return null
  }
  const verdict = verdictOf(review)
  return verdict
    ? { label: toAnswerWords(review.kind, verdict).label, by: answererOf(review) ?? 'somebody' }
    : { label: 'Settled', by: review.resolution?.by === 'run' ? 'a later run' : 'another decision' }
}
