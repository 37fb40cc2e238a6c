import { type Asset } from '#core/assets/asset'
import { formatMacAddress } from '#core/assets/mac_address'
import { type FieldExplanation } from '#services/inventory/explain_asset'
import { toFieldLabel } from './field_label.js'
import { STATUS_WORDS } from './looks.js'
import { toWhy, type Why } from './why.js'

/** One field of an asset as its page shows it. */
export interface Fact {
  readonly field: string
  readonly label: string
  readonly value: string | null
  /** Technical figures that one copies. */
  readonly isCode: boolean
  /** Null where nothing is to be explained. */
  readonly why: Why | null
}

const GROUPS = [
  { id: 'identity', title: 'Identity', fields: ['hostname', 'item_type', 'serial_number', 'asset_tag', 'status'] },
  { id: 'network', title: 'Network', fields: ['mac_address', 'ip_address', 'vendor', 'model', 'firmware_version'] },
  { id: 'place', title: 'Place and notes', fields: ['room_location', 'sub_location', 'location', 'notes'] },
] as const

const CODES = new Set(['serial_number', 'asset_tag', 'mac_address', 'ip_address'])

/** The fields of an asset in groups, each with its explanation. */
export function toFactGroups(explanations: readonly FieldExplanation[]) {
  const byField = new Map(explanations.map((explanation) => [explanation.field, explanation]))
  return GROUPS.map(({ id, title, fields }) => ({
    id,
    title,
    facts: fields.flatMap((field) => {
      const explanation = byField.get(field)
      return explanation ? [toFact(explanation)] : []
    }),
  }))
}

/** The records of sources that stand behind an asset, each once, as far as they claim anything. */
export function toLinkedRecords(explanations: readonly FieldExplanation[]) {
  const records = new Map<string, { source: string; nativeId: string; href: string | null; isMissing: boolean }>()
  for (const { source, nativeId, href, presence } of explanations.flatMap(({ claims }) => claims)) {
    records.set(`${source}:${nativeId}`, { source, nativeId, href, isMissing: presence !== 'present' })
  }
  return [...records.values()]
}

export function toStatusWord({ status }: Asset): string {
  return STATUS_WORDS[status]
}

function toFact(explanation: FieldExplanation): Fact {
  const { field } = explanation
  return {
    field,
    label: toFieldLabel(field),
    value: toShownValue(field, explanation.value),
    isCode: CODES.has(field),
    why: explanation.winner.kind === 'none' && explanation.claims.length === 0 ? null : toWhy(explanation),
  }
}

/** A value as people read it. */
export function toShownValue(field: string, value: string | null): string | null {
  if (value === null) {
    return null
  }
  if (field === 'mac_address') {
    return formatMacAddress(value)
  }
  return field === 'status' ? (STATUS_WORDS[value as Asset['status']] ?? value) : value
}
