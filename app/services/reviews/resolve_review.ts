import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Actor } from '#core/assets/asset'
import { InvalidValue } from '#core/assets/errors'
import { ReviewClosed, ReviewNotFound } from '#core/reconcile/errors'
import { VERDICTS_OF, type ReviewVerdict } from '#core/reconcile/review'
import { decide, type Decision } from '#services/inventory/decision'
import { writeAlone } from '#services/inventory/asset_transaction'
import { settleReviews } from '#services/sync/settle_reviews'
import { loadReviewState, saveReviewState } from '#services/sync/store/effect_queries'
import { findReview, type StoredReview } from '#services/sync/store/review_queries'
import { type SqlClient } from '#services/sync/store/sql_client'
import { approveSweep } from './approve_sweep.js'
import { allowValue } from './allow_value.js'
import { NOTHING_CARRIED, type Carried } from './carried.js'
import { joinParties, tellPartiesApart } from './decide_match.js'
import { acceptNewIdentity, startNewRecord } from './decide_drift.js'

export interface Resolution {
  readonly verdict: ReviewVerdict
  /** Which asset stays when assets are merged. Default: the one that a person added, else the oldest. */
  readonly survivor?: number
}

export interface ResolveOutcome extends Carried {
  /** Null in a dry run, and for `later`, which changes nothing. */
  readonly changeSetId: number | null
  readonly state: 'open' | 'resolved'
}

/** Carries out what a person answers to a review, as one change set that can be taken back. */
export class ResolveReview {
  /** @throws ReviewNotFound, ReviewClosed; InvalidValue of the fields `verdict` and `survivor` */
  async handle(
    id: number,
    resolution: Resolution,
    actor: Actor,
    options: { readonly dryRun?: boolean } = {}
  ): Promise<ResolveOutcome> {
    if (resolution.verdict === 'later') {
      return putOff(id, actor)
    }
    const isDryRun = options.dryRun === true
    const head = { kind: 'review', reason: `review ${id}: ${resolution.verdict}`, actor } as const
    return decide(head, isDryRun, async (trx, decision) => {
      const review = await openReviewOrFail(trx, id, resolution.verdict)
      await close(trx, review, resolution, decision)
      const carried = await carryOut(trx, review, resolution, decision)
      await settleReviews(trx, decision)
      return { ...carried, state: 'resolved', changeSetId: isDryRun ? null : decision.changeSetId }
    })
  }
}

async function openReviewOrFail(client: SqlClient, id: number, verdict: ReviewVerdict): Promise<StoredReview> {
  const review = await findReview(client, id)
  if (!review) {
    throw new ReviewNotFound(id)
  }
  if (review.state !== 'open') {
    throw new ReviewClosed(id)
  }
  const fitting = VERDICTS_OF[review.kind]
  if (!fitting.includes(verdict)) {
    throw new InvalidValue('verdict', `This review is answered with one of: ${fitting.join(', ')}`, 'enum')
  }
  return review
}

async function putOff(id: number, actor: Actor): Promise<ResolveOutcome> {
  return writeAlone(async (trx, now) => {
    await openReviewOrFail(trx, id, 'later')
    const state = (await loadReviewState(trx, id))!
    await saveReviewState(trx, id, { ...state, resolution: { verdict: 'later', actor: actor.name, at: now } })
    return { ...NOTHING_CARRIED, state: 'open', changeSetId: null }
  })
}

/** The review is closed first: what is decided next may ask a new question with the same parties. */
async function close(
  trx: SqlClient,
  { id }: StoredReview,
  { verdict, survivor }: Resolution,
  { changeSetId, actor, now, effects }: Decision
): Promise<void> {
  const before = (await loadReviewState(trx, id))!
  const resolution = { verdict, actor: actor.name, ...(survivor === undefined ? {} : { survivor }) }
  await saveReviewState(trx, id, {
    state: 'resolved',
    resolvedAt: now,
    resolvedBy: actor.userId,
    resolution,
    changeSetId,
  })
  effects.add({ kind: 'review', id, before, after: (await loadReviewState(trx, id))! })
}

async function carryOut(
  trx: TransactionClientContract,
  review: StoredReview,
  { verdict, survivor }: Resolution,
  decision: Decision
): Promise<Carried> {
  switch (verdict) {
    case 'same':
      return review.kind === 'identity_drift'
        ? acceptNewIdentity(trx, review, decision)
        : joinParties(trx, review, survivor, decision)
    case 'different':
      switch (review.kind) {
        case 'identity_drift':
          return startNewRecord(trx, review, decision)
        case 'junk_identifier':
          return allowValue(trx, review, decision)
        default:
          return tellPartiesApart(trx, review, decision)
      }
    case 'approve':
      return approveSweep(trx, review, decision)
    case 'dismiss':
    case 'later':
      return NOTHING_CARRIED
  }
}
