import { toShownValue } from './asset_value.js'
import { FIELD_LABELS, toFieldLabel } from './field_label.js'

/** What a row of values side by side tells. `agrees`: all who say something say the same, and several do. */
export type Agreement = 'agrees' | 'differs' | 'single'

/** One line of a comparison. */
export interface CompareRow {
  /** The API's name. */
  readonly field: string
  readonly label: string
  readonly agreement: Agreement
  readonly cells: readonly CompareCell[]
}

interface CompareCell {
  readonly text: string | null
  readonly isCode: boolean
  /** It gives way to another value. */
  readonly isLost?: boolean
  /** What the values beside it give together. */
  readonly isResult?: boolean
  /** A pin keeps it. */
  readonly isPinned?: boolean
}

const ORDER = Object.keys(FIELD_LABELS)
const CODES = new Set(['serial_number', 'asset_tag', 'mac_address', 'ip_address'])

/** Values side by side, field by field; fields that nobody fills are left out. Names are the API's. */
export function toCompareRows(sides: readonly Readonly<Record<string, string | null>>[]): CompareRow[] {
  const fields = [...new Set(sides.flatMap((side) => Object.keys(side)))]
  return fields
    .filter((field) => sides.some((side) => side[field]))
    .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map((field) => {
      const values = sides.map((side) => side[field] ?? null)
      return {
        field,
        label: toFieldLabel(field),
        agreement: agreementOf(values),
        cells: values.map((value) => ({ text: toCellText(field, value), isCode: CODES.has(field) })),
      }
    })
}

function agreementOf(values: readonly (string | null)[]): Agreement {
  const said = values.flatMap((value) => (value === null ? [] : value.toLowerCase()))
  if (said.length < 2) {
    return 'single'
  }
  return new Set(said).size === 1 ? 'agrees' : 'differs'
}

/** Addresses may come as they are stored or as they are shown. */
function toCellText(field: string, value: string | null): string | null {
  return field === 'mac_address' && value?.includes(':') ? value : toShownValue(field, value)
}
