import vine from '@vinejs/vine'
import { MOST_IN_BULK } from '#services/inventory/edit_in_bulk'
import { PINNABLE_FIELDS } from '#services/inventory/pin_field'
import { ITEM_FIELDS, ITEM_FILTERS } from './item.js'
import { exactlyOneOf, someOf, strict } from './rules.js'

/**
 * Body of `POST /api/items/bulk`: which items (`ids` or `filter`) and what becomes of them (`set`, `action`, or the pins
 * of the fields in `release` go).
 */
export const bulkValidator = vine.create(
  strict({
    ids: vine
      .array(
        vine
          .number({ strict: true })
          .withoutDecimals()
          .range([1, 2 ** 31 - 1])
      )
      .minLength(1)
      .maxLength(MOST_IN_BULK)
      .optional(),
    filter: strict(ITEM_FILTERS).use(someOf()).optional(),
    set: strict(ITEM_FIELDS).use(someOf()).optional(),
    action: vine.enum(['delete', 'restore']).optional(),
    release: vine.array(vine.enum(PINNABLE_FIELDS)).minLength(1).maxLength(PINNABLE_FIELDS.length).optional(),
    dry_run: vine.boolean({ strict: true }).optional(),
  })
    .use(exactlyOneOf(['ids', 'filter']))
    .use(exactlyOneOf(['set', 'action', 'release']))
)
