import vine from '@vinejs/vine'

/** The form of a plan: all of its rows, or those whose numbers are ticked. */
export const approvalFormValidator = vine.create({
  plan_hash: vine.string().maxLength(64),
  scope: vine.enum(['all', 'ticked']),
  rows: vine.array(vine.number().withoutDecimals().min(1)).parse(toList).optional(),
})

/** Long lists of a form arrive as an object of their places. */
function toList(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.values(value) : value
}
