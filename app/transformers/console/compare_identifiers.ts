import { type ReviewParty } from '#services/reviews/review_view'
import { type Agreement } from './compare_rows.js'
import { toIdentifierKind } from './identifier_list.js'

type Identifier = ReviewParty['identifiers'][number]

interface ShownIdentifier {
  readonly value: string
  readonly isShared: boolean
  readonly isWeak: boolean
}

/** A kind of identifiers side by side: what is shared first, the rest behind a fold. */
interface IdentifierRow {
  readonly label: string
  readonly agreement: Agreement
  readonly identifiers: readonly {
    readonly first: readonly ShownIdentifier[]
    readonly rest: readonly ShownIdentifier[]
  }[]
}

const KINDS = ['serial', 'uuid', 'mac', 'hostname', 'ip']
const CONTRADICTING = new Set(['serial', 'uuid'])
/** So many values of a kind stand open. */
const MOST_OPEN = 6

/** Every value that tells which device each party is, kind by kind. */
export function toIdentifierCells(parties: readonly ReviewParty[]): IdentifierRow[] {
  return KINDS.flatMap((kind) => {
    const sides = parties.map(({ identifiers }) => identifiers.filter((identifier) => identifier.kind === kind))
    if (sides.every((side) => side.length === 0)) {
      return []
    }
    return [
      {
        label: `${toIdentifierKind(kind)} evidence`,
        agreement: agreementOf(kind, sides),
        identifiers: sides.map(toCell),
      },
    ]
  })
}

/** A device has one serial number, but many addresses: other addresses contradict nothing. */
function agreementOf(kind: string, sides: readonly (readonly Identifier[])[]): Agreement {
  if (sides.some((side) => side.some(({ isShared }) => isShared))) {
    return 'agrees'
  }
  const isContradiction = CONTRADICTING.has(kind) && sides.filter((side) => side.length > 0).length > 1
  return isContradiction ? 'differs' : 'single'
}

function toCell(identifiers: readonly Identifier[]) {
  const shown = identifiers
    .toSorted((a, b) => Number(b.isShared) - Number(a.isShared) || a.value.localeCompare(b.value))
    .map(({ value, isShared, strength }) => ({ value, isShared, isWeak: strength === 'weak' }))
  const isLong = shown.length > MOST_OPEN + 1
  return { first: isLong ? shown.slice(0, MOST_OPEN) : shown, rest: isLong ? shown.slice(MOST_OPEN) : [] }
}
