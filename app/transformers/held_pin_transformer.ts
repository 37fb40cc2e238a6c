import { formatMacAddress } from '#core/assets/mac_address'
import { type HeldPin } from '#services/inventory/list_pins'
import { integer, nested, nullable, shape, text, time } from './shape.js'

const itemShape = shape<HeldPin>('PinnedItem', {
  id: integer((pin) => pin.assetId),
  hostname: text((pin) => pin.hostname),
})

function toValue({ field }: HeldPin, value: string | null): string | null {
  return value !== null && field === 'mac_address' ? formatMacAddress(value) : value
}

/** A pin that keeps a field from `offered`, which a source says. `until` is `always`, `source_change` or a time. */
export const heldPinShape = shape<HeldPin>('HeldPin', {
  item: nested(itemShape, (pin) => pin),
  field: text((pin) => pin.field),
  value: nullable(text((pin) => toValue(pin, pin.value))),
  offered: nullable(text((pin) => toValue(pin, pin.held.value))),
  source: text((pin) => pin.held.source),
  since: time((pin) => pin.held.since),
  until: text((pin) => pin.untilAt ?? pin.until),
  reason: nullable(text((pin) => pin.reason)),
  actor: text((pin) => pin.actor),
  set_at: time((pin) => pin.setAt),
})
