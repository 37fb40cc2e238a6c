import { StaleRevision } from '#core/assets/errors'

/** What a control of a form needs: see `components/field`. */
export interface FormField {
  readonly id: string
  readonly value: string | null
  readonly error: string | null
}

export interface FlashMessages {
  get(key: string): unknown
  has(key: string): boolean
}

/**
 * The state of one control: what was typed before a fault sent the form back, else its first value; and the fault.
 * Flash messages are absent where a page has no session. A form that came too late knows itself what was typed.
 */
export function toFormField(flash: FlashMessages | undefined, name: string, value: unknown): FormField {
  const faults = (flash?.get('inputErrorsBag') ?? {}) as Record<string, string[]>
  const cameBack = (flash?.has('errorsBag') ?? false) && !isStale(flash)
  const typed: unknown = cameBack ? flash?.get(name) : value
  return {
    id: `field-${name.replaceAll('_', '-')}`,
    value: typed === null || typed === undefined ? null : String(typed),
    error: faults[name]?.[0] ?? null,
  }
}

/** True when the form was sent back because somebody else changed the asset meanwhile. */
export function isStale(flash: FlashMessages | undefined): boolean {
  return StaleRevision.code in ((flash?.get('errorsBag') ?? {}) as Record<string, unknown>)
}
