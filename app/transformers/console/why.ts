import { type ExplainedClaim, type FieldExplanation } from '#services/inventory/explain_asset'
import { toShownValue } from './asset_value.js'
import { toExactTime } from './moment.js'
import { toSourceLabel } from './source_name.js'
import { toWebAddress } from './web_address.js'

/** Why a field has its value: a sentence, the marks beside the value, and every claim. */
export interface Why {
  readonly lead: string
  readonly reason: string | null
  readonly isContested: boolean
  readonly marks: readonly { readonly name: string; readonly kind: 'source' | 'pin' }[]
  readonly claims: readonly ExplainedClaim[]
}

export function toWhy(explanation: FieldExplanation): Why {
  const { field, pin, contested, claims, winner } = explanation
  return {
    lead: toSentence(explanation),
    reason: pin?.reason ?? null,
    isContested: contested,
    marks: toMarks(winner, claims),
    claims: claims.map((claim) => toShownClaim(field, claim)),
  }
}

/** A pin first; then the source that decided; a person for what only people write. */
function toMarks({ kind, source }: FieldExplanation['winner'], claims: readonly ExplainedClaim[]): Why['marks'] {
  if (kind === 'pin') {
    return [{ name: 'manual', kind: claims.length > 0 ? 'pin' : 'source' }]
  }
  if (kind === 'person' || source === null) {
    return kind === 'none' ? [] : [{ name: 'manual', kind: 'source' }]
  }
  return [{ name: source, kind: 'source' }]
}

function toSentence({ winner, rule, since, pin, value, claims }: FieldExplanation): string {
  const when = since === null ? '' : ` since ${toExactTime(since)}`
  if (pin) {
    const actor = winner.actor ?? pin.actor
    return claims.length > 0
      ? `${actor} pinned this value${when}: no sync overwrites it.`
      : `${actor} entered this${when}. No source says anything about it.`
  }
  if (winner.kind === 'person') {
    return `${winner.actor ?? 'A person'} entered this${when}. Sources never fill this field.`
  }
  if (winner.source === null) {
    return value === null ? 'No claim counts for this field.' : 'No source names this; it was concluded.'
  }
  const source = toSourceLabel(winner.source)
  return rule === 'classified'
    ? `Concluded from what ${source} says about the device${when}.`
    : `${source} says so${when}.`
}

function toShownClaim(field: string, claim: ExplainedClaim): ExplainedClaim {
  return { ...claim, value: toShownValue(field, claim.value), href: toWebAddress(claim.href) }
}
