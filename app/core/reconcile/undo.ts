import { CLAIMED_FIELDS, PERSON_FIELDS, type ClaimedField, type PersonField } from '#core/assets/asset'
import { type AssetView } from './asset_view.js'
import { type Pin } from './types.js'

/** One asset's entry in a change set that is to be taken back. */
export interface UndoneEntry {
  readonly action: string
  readonly before: Record<string, unknown>
  readonly after: Record<string, unknown>
  /** Pins of the touched fields as they were before; null when the change touched no pins. */
  readonly pins: readonly Pin[] | null
  readonly madeAt: string
}

/** What several entries about one asset, oldest first, come to. */
export function composeEntries(entries: readonly UndoneEntry[]): UndoneEntry {
  const before = Object.assign({}, ...entries.map((entry) => entry.before).reverse()) as Record<string, unknown>
  const after = Object.assign({}, ...entries.map((entry) => entry.after)) as Record<string, unknown>
  const changed = Object.keys(after).filter((field) => before[field] !== after[field])
  const pins = entries.flatMap((entry) => entry.pins ?? [])
  const firstPins = pins.filter((pin, index) => pins.findIndex((one) => one.field === pin.field) === index)
  return {
    action: entries.find(({ action }) => action === 'create' || action === 'merge')?.action ?? entries.at(-1)!.action,
    before: Object.fromEntries(changed.map((field) => [field, before[field]])),
    after: Object.fromEntries(changed.map((field) => [field, after[field]])),
    pins: entries.some((entry) => entry.pins !== null) ? firstPins : null,
    madeAt: entries.at(-1)!.madeAt,
  }
}

/** Assets of one change set between which serials may have changed hands: one gave up what another took. */
export function exchangingSerials(entries: readonly (UndoneEntry & { readonly assetId: number })[]): number[] {
  const present = entries.filter(
    ({ action, after }) => action !== 'create' && ('serialNumber' in after || 'isActive' in after)
  )
  const given = new Set(present.flatMap(({ before }) => before.serialNumber ?? []))
  const made = entries.filter(({ action, after }) => action === 'create' && given.has(after.serialNumber ?? ''))
  const isGiving = present.some(
    ({ before, after }) => (before.serialNumber ?? null) !== null || after.isActive === false
  )
  const isTaking =
    made.length > 0 || present.some(({ after }) => (after.serialNumber ?? null) !== null || after.isActive === true)
  return isGiving && isTaking ? [...present, ...made].map(({ assetId }) => assetId) : []
}

/** What taking an entry back means for its asset. */
export interface UndoTarget {
  readonly claimed: Partial<Record<ClaimedField, string | null>>
  readonly person: Partial<Record<PersonField, string | null>>
  readonly isActive: boolean | null
  /** Who it is of and where it went, where the change said so. */
  readonly kept: Partial<Pick<AssetView, 'origin' | 'mergedInto'>>
  /** Pins that stood on the restored fields. */
  readonly pins: readonly Pin[]
  /** Fields that somebody changed since: they stay. */
  readonly conflicts: readonly string[]
}

/**
 * Three-way: a field goes back only where it still has the value that the change gave it, and nobody pinned it since.
 * What follows from claims alone (presence, source) is computed, not restored.
 */
export function planUndo(entry: UndoneEntry, view: AssetView, pins: readonly Pin[]): UndoTarget {
  const conflicts: string[] = []
  const isFree = (field: keyof AssetView) => {
    if (!(field in entry.after) || view[field] !== entry.after[field]) {
      return false
    }
    const pin = pins.find((one) => one.field === field)
    return !pin || entry.pins !== null || pin.setAt <= entry.madeAt
  }
  const collect = <Field extends keyof AssetView>(fields: readonly Field[]) => {
    const values: Partial<Record<Field, string | null>> = {}
    for (const field of fields) {
      if (!(field in entry.after) || entry.action === 'create') {
        continue
      }
      if (isFree(field)) {
        values[field] = (entry.before[field] ?? null) as string | null
      } else if (view[field] !== (entry.before[field] ?? null)) {
        conflicts.push(field)
      }
    }
    return values
  }

  const claimed = collect(CLAIMED_FIELDS)
  const person = collect(PERSON_FIELDS)
  const kept = Object.fromEntries(
    (['origin', 'mergedInto'] as const)
      .filter((field) => entry.action !== 'create' && field in entry.after && view[field] === entry.after[field])
      .map((field) => [field, entry.before[field] ?? null])
  )
  const target = activityTarget(entry)
  const isActive = target !== null && view.isActive !== target ? target : null
  return {
    claimed,
    person,
    isActive,
    kept,
    pins: (entry.pins ?? []).filter((pin) => pin.field in claimed),
    conflicts,
  }
}

/** Undoing a creation takes the asset out; otherwise what the change did to its being there is turned round. */
function activityTarget(entry: UndoneEntry): boolean | null {
  if (entry.action === 'create') {
    return false
  }
  return 'isActive' in entry.after ? Boolean(entry.before.isActive) : null
}
