import vine from '@vinejs/vine'
import { REVIEW_VERDICTS } from '#core/reconcile/review'

/** Form of an answer to a question; `survivor` is the asset that stays when two are merged. */
export const reviewAnswerValidator = vine.create({
  verdict: vine.enum(REVIEW_VERDICTS),
  survivor: vine.number().withoutDecimals().positive().optional(),
})
