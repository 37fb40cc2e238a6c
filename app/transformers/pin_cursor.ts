import { InvalidValue } from '#core/assets/errors'
import { type PinPlace } from '#services/inventory/list_pins'
import { PINNABLE_FIELDS } from '#services/inventory/pin_field'

const DECODED = /^pins:([1-9]\d{0,8})\.(\w+)$/

/** A cursor for the list of pins: the pin behind which the next page begins. */
export function encodePinCursor({ assetId, field }: PinPlace): string {
  return Buffer.from(`pins:${assetId}.${field}`).toString('base64url')
}

/** @throws InvalidValue if the list of pins never gave out such a cursor */
export function decodePinCursor(cursor: string): PinPlace {
  const [, id, name] = DECODED.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const field = PINNABLE_FIELDS.find((one) => one === name)
  const place = field && { assetId: Number(id), field }
  if (!place || encodePinCursor(place) !== cursor) {
    throw new InvalidValue('cursor', 'The cursor is not one of this list: begin without one', 'cursor')
  }
  return place
}
