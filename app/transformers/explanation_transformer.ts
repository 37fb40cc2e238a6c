import { type FieldExplanation } from '#services/inventory/explain_asset'
import { flag, integer, listOf, nested, nullable, shape, text, time, type ShapeField } from './shape.js'
import { shownValue } from './shown_value.js'

type Claim = FieldExplanation['claims'][number]
type Pin = NonNullable<FieldExplanation['pin']>
type Held = NonNullable<FieldExplanation['held']>

const winnerShape = shape<FieldExplanation['winner']>('Winner', {
  kind: text((winner) => winner.kind),
  source: nullable(text((winner) => winner.source)),
  native_id: nullable(text((winner) => winner.nativeId)),
  actor: nullable(text((winner) => winner.actor)),
})

const claimShape = shape<Claim>('Claim', {
  source: text((claim) => claim.source),
  record_id: integer((claim) => claim.recordId),
  native_id: text((claim) => claim.nativeId),
  href: nullable(text((claim) => claim.href)),
  value: nullable(text((claim) => claim.value)),
  since: time((claim) => claim.since),
  run_id: nullable(integer((claim) => claim.runId)),
  presence: text((claim) => claim.presence),
  used: flag((claim) => claim.used),
  why: text((claim) => claim.why),
})

const pinShape = shape<Pin>('Pin', {
  value: nullable(text((pin) => pin.value)),
  until: text((pin) => pin.until),
  reason: nullable(text((pin) => pin.reason)),
  actor: text((pin) => pin.actor),
  set_at: time((pin) => pin.setAt),
})

const pinField: ShapeField<FieldExplanation> = {
  schema: pinShape.schema,
  read: ({ field, pin }) => pin && pinShape.toJson(shown(field, pin)),
}

const heldShape = shape<Held>('HeldBack', {
  value: nullable(text((held) => held.value)),
  source: text((held) => held.source),
  since: time((held) => held.since),
})

const heldField: ShapeField<FieldExplanation> = {
  schema: heldShape.schema,
  read: ({ field, held }) => held && heldShape.toJson(shown(field, held)),
}

/** Why one field of an item has its value. `run_id` is the run since which it has; `held` is what its pin holds back. */
export const explanationShape = shape<FieldExplanation>('Explanation', {
  field: text((explanation) => explanation.field),
  value: nullable(text(({ field, value }) => shownValue(field, value))),
  winner: nested(winnerShape, (explanation) => explanation.winner),
  rule: text((explanation) => explanation.rule),
  since: nullable(time((explanation) => explanation.since)),
  run_id: nullable(integer((explanation) => explanation.runId)),
  contested: flag((explanation) => explanation.contested),
  claims: listOf(claimShape.schema, ({ field, claims }) =>
    claims.map((claim) => claimShape.toJson(shown(field, claim)))
  ),
  pin: nullable(pinField),
  held: nullable(heldField),
})

function shown<Valued extends { readonly value: string | null }>(field: string, valued: Valued): Valued {
  return { ...valued, value: shownValue(field, valued.value) }
}
