import { type ReviewVerdict } from '#core/reconcile/review'
import { type ReviewParty, type ReviewView } from '#services/reviews/review_view'
import { toCompareRows } from './compare_rows.js'
import { toTypeIcon } from './asset_type_icon.js'
import { toIdentifierCells } from './compare_identifiers.js'
import { undoPath } from './notice.js'
import { toAnswer } from './review_list.js'
import { answererOf, toAnswerWords, toQuestion, verdictOf } from './review_words.js'
import { toWebAddress } from './web_address.js'

/** The first answer is the one that joins; its button stands out. */
const BUTTONS: Partial<Record<ReviewVerdict, string>> = { later: 'button-quiet' }

/** One question as its page shows it: those it is about side by side, and the answers. */
export function toReviewPage(review: ReviewView) {
  const { id, kind, parties } = review
  const assets = parties.filter((party) => party.kind === 'asset' && party.isActive)
  const answer = toAnswer(review)
  return {
    id,
    title: toQuestion(kind),
    sentence: review.sentence,
    openedAt: review.openedAt,
    runId: review.runId,
    putOffBy: answer === null && verdictOf(review) === 'later' ? answererOf(review) : null,
    answer: answer && {
      ...answer,
      at: review.resolvedAt,
      undo: review.changeSetId === null ? null : undoPath(review.changeSetId),
    },
    answers: review.verdicts.map((verdict, index) => ({
      verdict,
      key: String(index + 1),
      className: BUTTONS[verdict] ?? '',
      ...toAnswerWords(kind, verdict),
    })),
    parties: parties.map((party) => toPartyHead(party, review.survivorId)),
    /** With two assets one of them goes: a person may say which stays. */
    choosesSurvivor: review.verdicts.includes('same') && assets.length > 1,
    rows: [...toCompareRows(parties.map(({ values }) => values)), ...toIdentifierCells(parties)],
  }
}

function toPartyHead(party: ReviewParty, survivorId: number | null) {
  return {
    kind: party.kind,
    id: party.id,
    title: party.title,
    source: party.source ?? 'manual',
    icon: toTypeIcon(party.values.item_type ?? 'Unknown'),
    sentence: party.kind === 'asset' ? `Asset ${party.id}` : `Key ${party.nativeId}`,
    assetHref: party.assetId === null ? null : `/items/${party.assetId}`,
    href: toWebAddress(party.href),
    isActive: party.isActive,
    isAsset: party.kind === 'asset',
    stays: party.kind === 'asset' && party.id === survivorId,
  }
}
