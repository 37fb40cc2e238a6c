import vine from '@vinejs/vine'
import { type SchemaTypes } from '@vinejs/vine/types'
import { type ClaimedField } from '#core/assets/asset'
import { ITEM_FIELDS } from './item.js'
import { pinEnd, strict } from './rules.js'
import { optionalLine } from './text.js'

/** What a value must be to be pinned: the rules that the field has in an item. */
const VALUES = {
  hostname: ITEM_FIELDS.hostname,
  assetType: ITEM_FIELDS.item_type,
  serialNumber: ITEM_FIELDS.serial_number,
  macAddress: ITEM_FIELDS.mac_address,
  ipAddress: ITEM_FIELDS.ip_address,
  vendor: ITEM_FIELDS.vendor,
  model: ITEM_FIELDS.model,
  firmwareVersion: ITEM_FIELDS.firmware_version,
  location: optionalLine(200),
} satisfies Record<ClaimedField, SchemaTypes>

/** Body of `PUT /api/items/{id}/pins/{field}`. Without `value` the present one is pinned, without `until` always. */
export const pinValidator = vine.create(
  strict({
    value: vine.string().nullable().optional(),
    reason: optionalLine(500),
    until: vine.string().use(pinEnd()).optional(),
  })
)

/** The value of a pin by the rules of its field, in canonical form. Undefined stays: the present value is meant. */
export async function validatePinValue(
  field: ClaimedField,
  value: string | null | undefined
): Promise<string | null | undefined> {
  const validated = await vine.create({ value: VALUES[field] }).validate({ value })
  return validated.value
}
