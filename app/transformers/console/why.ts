import { type ExplainedClaim, type FieldExplanation } from '#services/inventory/explain_asset'
import { toShownValue } from './asset_value.js'
import { toMinute } from './moment.js'
import { toSourceLabel } from './source_name.js'
import { toWebAddress } from './web_address.js'

/** Why a field has its value: a sentence, the marks beside the value, and every claim. */
export interface Why {
  readonly lead: string
  readonly reason: string | null
  readonly isContested: boolean
  readonly marks: readonly { readonly name: string; readonly kind: 'source' | 'pin' }[]
  readonly claims: readonly ShownClaim[]
  /** What the pin keeps away, in a sentence; null when nothing. */
  readonly held: string | null
  readonly isPinned: boolean
  /** A source has a say in it, so that it can be pinned. */
  readonly isClaimed: boolean
}

/** `differs`: it says something else than the field's value, and not only in other capitals. */
interface ShownClaim extends ExplainedClaim {
  readonly differs: boolean
}

export function toWhy(explanation: FieldExplanation): Why {
  const { pin, contested, winner } = explanation
  const claims = explanation.claims.map((claim) => toShownClaim(explanation, claim))
  return {
    lead: toSentence(explanation),
    reason: pin?.reason ?? null,
    isContested: contested && claims.some(({ differs }) => differs),
    marks: toMarks(winner, claims),
    claims,
    held: toHeld(explanation),
    isPinned: pin !== null,
    isClaimed: claims.length > 0,
  }
}

/** A pin first; then the source that decided; a person for what only people write. */
function toMarks({ kind, source, actor }: FieldExplanation['winner'], claims: readonly ExplainedClaim[]): Why['marks'] {
  if (kind === 'pin') {
    return [{ name: 'manual', kind: claims.length > 0 ? 'pin' : 'source' }]
  }
  if (kind === 'person') {
    return actor === null ? [] : [{ name: 'manual', kind: 'source' }]
  }
  return source === null ? [] : [{ name: source, kind: 'source' }]
}

function toSentence({ winner, rule, since, pin, value, claims }: FieldExplanation): string {
  const when = since === null ? '' : ` since ${toMinute(since)} UTC`
  const then = since === null ? '' : ` on ${toMinute(since)} UTC`
  if (pin) {
    const actor = winner.actor ?? pin.actor
    return claims.length > 0
      ? `${actor} pinned this value${then}: ${toPinEndWords(pin.until)}.`
      : `${actor} entered this${then}. No source says anything about it.`
  }
  if (winner.kind === 'person') {
    return winner.actor === null
      ? 'Every asset starts with this, and nobody has changed it.'
      : `${winner.actor} entered this${then}. Sources never fill this field.`
  }
  if (winner.source === null) {
    return value === null ? 'No claim counts for this field.' : 'No source names this; it was concluded.'
  }
  const source = toSourceLabel(winner.source)
  return rule === 'classified'
    ? `Concluded from what ${source} says about the device${when}.`
    : `${source} says so${when}.`
}

/** How long a pin holds, as the rest of a sentence. `until` as `FieldExplanation` has it. */
function toPinEndWords(until: string): string {
  switch (until) {
    case 'always':
      return 'no sync overwrites it'
    case 'source_change':
      return 'it is held until a source says something new'
    default:
      return `no sync overwrites it until ${toMinute(until)} UTC`
  }
}

function toHeld({ field, held }: FieldExplanation): string | null {
  return (
    held &&
    `Without the pin it would be ${toQuoted(toShownValue(field, held.value))}, as ${toSourceLabel(held.source)} says.`
  )
}

function toQuoted(value: string | null): string {
  return value === null ? 'empty' : `“${value}”`
}

function toShownClaim({ field, value }: FieldExplanation, claim: ExplainedClaim): ShownClaim {
  return {
    ...claim,
    value: toShownValue(field, claim.value),
    href: toWebAddress(claim.href),
    differs: claim.value?.toLowerCase() !== value?.toLowerCase(),
  }
}
