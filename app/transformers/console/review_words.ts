import { type ReviewKind, type ReviewVerdict } from '#core/reconcile/review'
import { type ReviewView } from '#services/reviews/review_view'

/** How an answer is put to a person. `effect` says what it does. */
export interface AnswerWords {
  readonly label: string
  readonly effect: string
}

interface KindWords {
  /** The question in the list and as the title of its page. */
  readonly title: string
  readonly answers: Partial<Record<ReviewVerdict, AnswerWords>>
}

const LATER: AnswerWords = { label: 'Later', effect: 'It stays in the list.' }

const SAME_DEVICE: KindWords = {
  title: 'Same device?',
  answers: {
    same: { label: 'Same device', effect: 'They become one asset with everything that is known of both.' },
    different: { label: 'Different devices', effect: 'They stay apart, and this evidence asks no more.' },
    later: LATER,
  },
}

const WORDS: Record<ReviewKind, KindWords> = {
  merge_candidate: SAME_DEVICE,
  match_suggestion: SAME_DEVICE,
  contradiction: { ...SAME_DEVICE, title: 'Same device, in spite of its serials?' },
  same_source_twin: { ...SAME_DEVICE, title: 'Same device, listed twice?' },
  identity_drift: {
    title: 'New parts, or another device?',
    answers: {
      same: { label: 'Same device', effect: 'It got new parts: the asset takes the identity that is reported now.' },
      different: {
        label: 'Another device',
        effect: 'Other hardware took the place: it gets an asset of its own, the old one stays as it was.',
      },
      later: LATER,
    },
  },
  junk_identifier: {
    title: 'Does this value identify a device?',
    answers: {
      dismiss: { label: 'No, it is junk', effect: 'It goes on counting as no evidence.' },
      different: { label: 'Yes, it is real', effect: 'It counts as evidence again, and is never taken for junk.' },
      later: LATER,
    },
  },
  guard_tripped: {
    title: 'Are these devices really gone?',
    answers: {
      approve: {
        label: 'Yes, count them as absent',
        effect: 'What that run did not list counts as absent; long absent assets become missing.',
      },
      dismiss: { label: 'No, the source was wrong', effect: 'Nothing is marked missing for it.' },
      later: LATER,
    },
  },
}

export function toQuestion(kind: ReviewKind): string {
  return WORDS[kind].title
}

export function toAnswerWords(kind: ReviewKind, verdict: ReviewVerdict): AnswerWords {
  return WORDS[kind].answers[verdict] ?? { label: verdict, effect: '' }
}

/** The verdict that a question was answered with; null when something else settled it. */
export function verdictOf({ resolution }: Pick<ReviewView, 'resolution'>): ReviewVerdict | null {
  return typeof resolution?.verdict === 'string' ? (resolution.verdict as ReviewVerdict) : null
}

/** Who answered, or put the question off. */
export function answererOf({ resolution }: Pick<ReviewView, 'resolution'>): string | null {
  return typeof resolution?.actor === 'string' ? resolution.actor : null
}
