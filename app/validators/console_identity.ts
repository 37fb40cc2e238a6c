import vine from '@vinejs/vine'

const id = () => vine.number().withoutDecimals().range([1, 2_147_483_647])

/** Form that merges two assets: the one that stays. */
export const mergeFormValidator = vine.create({ stays: id() })

/** Form that splits an asset: the records that leave. */
export const splitFormValidator = vine.create({ records: vine.array(id()).minLength(1).maxLength(1000) })
