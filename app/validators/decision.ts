import vine from '@vinejs/vine'
import { REVIEW_KINDS, REVIEW_VERDICTS } from '#core/reconcile/review'
import { PINNABLE_FIELDS } from '#services/inventory/pin_field'
import { PAGING } from './paging.js'
import { strict } from './rules.js'
import { optionalLine } from './text.js'

const id = () => vine.number({ strict: true }).withoutDecimals().range([1, 2_147_483_647])

const DECIDING = {
  dry_run: vine.boolean({ strict: true }).optional(),
  reason: optionalLine(500),
}

/** Body of `POST /api/items/{id}/merge`: the item that stays. */
export const mergeValidator = vine.create(strict({ into: id(), ...DECIDING }))

/** Body of `POST /api/items/{id}/split`: ids of the records that leave, as `explain` and reviews name them. */
export const splitValidator = vine.create(
  strict({ records: vine.array(id()).minLength(1).maxLength(1000), ...DECIDING })
)

/** Body of `POST /api/reviews/{id}/resolve`. */
export const resolveReviewValidator = vine.create(
  strict({ verdict: vine.enum(REVIEW_VERDICTS), survivor: id().optional(), dry_run: DECIDING.dry_run })
)

/** Query of `GET /api/reviews`. */
export const listReviewsValidator = vine.create(
  strict({
    state: vine.enum(['open', 'resolved', 'all']).optional(),
    kind: vine.enum(REVIEW_KINDS).optional(),
    ...PAGING,
  })
)

/** Query of `GET /api/pins`: only pins that hold something back are listed, of a field or against a source where asked. */
export const listPinsValidator = vine.create(
  strict({
    held: vine.enum(['true']).optional(),
    field: vine.enum(PINNABLE_FIELDS).optional(),
    source: vine.string().maxLength(64).optional(),
    ...PAGING,
  })
)
