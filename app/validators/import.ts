import vine, { errors } from '@vinejs/vine'
import { type FieldFault } from '#core/assets/errors'
import { IMPORT_KEYS } from '#services/exchange/import_columns'
import { type RowReader } from '#services/exchange/import_rows'
import { toAssetValues } from '#transformers/asset_values'
import { createItemValidator, updateItemValidator } from './item.js'
import { strict } from './rules.js'

/** Fields of the form of `POST /api/import/csv` beside its `file`. */
export const importValidator = vine.create(
  strict({ key: vine.enum(IMPORT_KEYS).optional(), dry_run: vine.boolean().optional() })
)

/** Reads the cells of a row by the rules of an item's fields in the API. */
export const readImportRow: RowReader = async (cells, isNew) => {
  try {
    if (isNew) {
      const input = await createItemValidator.validate(cells)
      return { values: { ...toAssetValues(input), hostname: input.hostname, assetType: input.item_type } }
    }
    return { values: toAssetValues(await updateItemValidator.validate(cells)) }
  } catch (error) {
    if (error instanceof errors.E_VALIDATION_ERROR) {
      const messages: FieldFault[] = error.messages
      return { faults: messages.map(({ field, message, rule }) => ({ field, message, rule })) }
    }
    throw error
  }
}
