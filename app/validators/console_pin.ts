import vine from '@vinejs/vine'
import { PINNABLE_FIELDS } from '#services/inventory/pin_field'
import { pinEnd } from './rules.js'
import { optionalLine } from './text.js'

/** Form that pins a field to its present value. `until_date` counts with `until` being `date`. */
export const pinFormValidator = vine.create({
  until: vine.enum(['always', 'source_change', 'date']),
  until_date: vine.string().use(pinEnd()).optional().requiredWhen('until', '=', 'date'),
  reason: optionalLine(500),
})

/** Form that releases pins: those ticked, one of them, or all that the filter means. */
export const releasePinsValidator = vine.create({
  scope: vine.enum(['ticked', 'matching']).optional(),
  pins: vine
    .array(vine.string().regex(/^[1-9]\d{0,8}:[a-z_]{1,32}$/))
    .maxLength(1000)
    .optional(),
  only: vine
    .string()
    .regex(/^[1-9]\d{0,8}:[a-z_]{1,32}$/)
    .optional(),
  field: vine.enum(PINNABLE_FIELDS).optional(),
  source: vine.string().maxLength(64).optional(),
  held: vine.enum(['1']).optional(),
})
