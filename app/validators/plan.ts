import vine from '@vinejs/vine'
import { strict } from './rules.js'
import { line } from './text.js'

const MOST_ROWS = 100_000

/** Body of `POST /api/sync/plans`: the name of a source, or `all`. */
export const createPlanValidator = vine.create(strict({ source: line(64) }))

/** Body of `POST /api/sync/plans/{id}/apply`. `rows` are the numbers of the ticked rows; without it all are meant. */
export const applyPlanValidator = vine.create(
  strict({
    plan_hash: vine.string().maxLength(64),
    rows: vine
      .array(vine.number({ strict: true }).withoutDecimals().min(1))
      .minLength(1)
      .maxLength(MOST_ROWS)
      .optional(),
  })
)
