import { type HeldPin } from '#services/inventory/list_pins'
import { integer, nested, nullable, shape, text, time } from './shape.js'
import { shownValue } from './shown_value.js'

const itemShape = shape<HeldPin>('PinnedItem', {
  id: integer((pin) => pin.assetId),
  hostname: text((pin) => pin.hostname),
})

/** A pin that keeps a field from `offered`, which a source says. `until` is `always`, `source_change` or a time. */
export const heldPinShape = shape<HeldPin>('HeldPin', {
  item: nested(itemShape, (pin) => pin),
  field: text((pin) => pin.field),
  value: nullable(text((pin) => shownValue(pin.field, pin.value))),
  offered: nullable(text((pin) => shownValue(pin.field, pin.held.value))),
  source: text((pin) => pin.held.source),
  since: time((pin) => pin.held.since),
  until: text((pin) => pin.untilAt ?? pin.until),
  reason: nullable(text((pin) => pin.reason)),
  actor: text((pin) => pin.actor),
  set_at: time((pin) => pin.setAt),
})
