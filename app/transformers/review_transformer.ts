import { REVIEW_KINDS, REVIEW_VERDICTS } from '#core/reconcile/review'
import { type ReviewParty, type ReviewView } from '#services/reviews/review_view'
import { choice, flag, integer, listOf, nullable, record, shape, text, time } from './shape.js'

const identifierShape = shape<ReviewParty['identifiers'][number]>('ReviewIdentifier', {
  kind: text((identifier) => identifier.kind),
  value: text((identifier) => identifier.value),
  strength: text((identifier) => identifier.strength),
  shared: flag((identifier) => identifier.isShared),
})

/** A record of a source, or an item. */
const partyShape = shape<ReviewParty>('ReviewParty', {
  kind: choice(['record', 'item'], (party) => (party.kind === 'asset' ? 'item' : 'record')),
  id: integer((party) => party.id),
  title: text((party) => party.title),
  source: nullable(text((party) => party.source)),
  native_id: nullable(text((party) => party.nativeId)),
  href: nullable(text((party) => party.href)),
  item_id: nullable(integer((party) => party.assetId)),
  is_active: flag((party) => party.isActive),
  values: record((party) => party.values),
  identifiers: listOf(identifierShape.schema, (party) => party.identifiers.map(identifierShape.toJson)),
})

/** A question that needs a person: those it is about side by side, and the verdicts that answer it. */
export const reviewShape = shape<ReviewView>('Review', {
  id: integer((review) => review.id),
  kind: choice(REVIEW_KINDS, (review) => review.kind),
  state: choice(['open', 'resolved'], (review) => review.state),
  sentence: text((review) => review.sentence),
  verdicts: listOf({ type: 'string', enum: REVIEW_VERDICTS }, (review) => review.verdicts),
  source: nullable(text((review) => review.source)),
  run_id: nullable(integer((review) => review.runId)),
  opened_at: time((review) => review.openedAt),
  resolved_at: nullable(time((review) => review.resolvedAt)),
  resolution: nullable(record((review) => review.resolution)),
  change_id: nullable(integer((review) => review.changeSetId)),
  parties: listOf(partyShape.schema, (review) => review.parties.map(partyShape.toJson)),
  differing: listOf({ type: 'string' }, (review) => review.differing),
  survivor_id: nullable(integer((review) => review.survivorId)),
})
