import vine from '@vinejs/vine'
import { IMPORT_KEYS } from '#services/exchange/import_columns'

/** Form of an import beside its file. With `plan_hash` exactly what that plan showed is written. */
export const importFormValidator = vine.create({
  key: vine.enum(IMPORT_KEYS),
  plan_hash: vine.string().maxLength(64).optional(),
})
