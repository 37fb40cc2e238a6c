import vine from '@vinejs/vine'
import { strict } from './rules.js'
import { emptyToAbsent } from './text.js'

export const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

/** The two parameters that every list understands. */
export const PAGING = {
  limit: vine.number().parse(emptyToAbsent).withoutDecimals().range([1, MAX_LIMIT]).optional(),
  cursor: vine.string().parse(emptyToAbsent).maxLength(2000).optional(),
}

/** Query of a list without filters. */
export const pageValidator = vine.create(strict(PAGING))
