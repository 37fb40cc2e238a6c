import { type FieldChange } from '#services/search/changes_since'
import { toShownValue } from './asset_value.js'
import { toFieldLabel } from './field_label.js'
import { isStale, type FlashMessages } from './form_field.js'

type Values = Readonly<Record<string, string | null>>

/** What was typed into a form that came too late, and the revision that it was made from. */
export interface StaleForm {
  readonly revision: number
  readonly typed: Readonly<Record<string, unknown>>
}

/** The form that was just refused because somebody else changed the asset meanwhile; null when none was. */
export function readStaleForm(flash: FlashMessages & { all(): Record<string, unknown> }): StaleForm | null {
  const revision = Number(flash.get('revision'))
  return isStale(flash) && revision > 0 ? { revision, typed: flash.all() } : null
}

/** A field that both changed, each in another way. */
interface Conflict {
  readonly field: string
  readonly label: string
  readonly mine: string | null
  readonly theirs: string | null
  readonly base: string | null
  readonly actor: string
  readonly at: string
}

/** Values for the form: what a person typed stays, what others changed elsewhere is taken over; both told apart. */
export function toEditConflict(present: Values, { typed }: StaleForm, changes: ReadonlyMap<string, FieldChange>) {
  const values: Record<string, string | null> = { ...present }
  const conflicts: Conflict[] = []
  const taken: Conflict[] = []
  for (const [field, theirs] of Object.entries(present)) {
    const change = changes.get(field)
    const base = change ? toFormValue(field, change.before) : theirs
    const mine = field in typed ? toText(typed[field]) : base
    if (mine !== base) {
      values[field] = mine
    }
    if (change && theirs !== base && mine !== theirs) {
      const { actor, at } = change
      const line = { field, label: toFieldLabel(field), mine, theirs, base, actor, at }
      ;(mine === base ? taken : conflicts).push(line)
    }
  }
  const actors = [...new Set([...changes.values()].map(({ actor }) => actor))]
  return {
    values,
    conflicts: conflicts.map(toShown),
    taken: taken.map(toShown),
    who: actors.length === 0 ? 'Somebody else' : actors.join(' and '),
  }
}

/** A stored value as the form holds it: statuses and types by their names, addresses as they are written. */
function toFormValue(field: string, value: string | null): string | null {
  return field === 'mac_address' ? toShownValue(field, value) : value
}

function toText(value: unknown): string | null {
  return value === null || value === undefined || value === '' ? null : String(value)
}

function toShown({ field, mine, theirs, base, ...line }: Conflict) {
  const show = (value: string | null) => (field === 'status' ? toShownValue(field, value) : value) ?? 'empty'
  return {
    ...line,
    field,
    base: show(base),
    mine: { value: mine ?? '', text: show(mine) },
    theirs: { value: theirs ?? '', text: show(theirs) },
  }
}
