import { PINNABLE_FIELDS } from '#services/inventory/pin_field'
import { type PinFilter, type PinPlace, type PinView } from '#services/inventory/list_pins'
import { type PinnedField } from '#services/inventory/release_pins'
import { toShownValue } from './asset_value.js'
import { toFieldLabel } from './field_label.js'
import { toMinute } from './moment.js'
import { toSourceLabel } from './source_name.js'

export const PINS_PER_PAGE = 100

/** What the address of the page says. `held`: `1` leaves out pins that agree with the sources. */
export interface PinQuery {
  readonly field?: string
  readonly source?: string
  readonly held?: '1'
}

/** Reads the query string of the page; without any it asks for what is held back. */
export function readPinQuery({ field, source, held }: Record<string, unknown>): PinQuery {
  return {
    field: PINNABLE_FIELDS.find((name) => name === field),
    source: typeof source === 'string' && source !== '' ? source.slice(0, 64) : undefined,
    held: held === '' ? undefined : '1',
  }
}

export function toPinFilter({ field, source, held }: PinQuery): PinFilter {
  return { field, source, isHeld: held === '1' }
}

/** The address of the page; that of all pins says so, since nothing said means what is held back. */
export function pinsUrl({ field, source, held }: PinQuery, after?: PinPlace): string {
  const params = new URLSearchParams()
  if (field) params.set('field', field)
  if (source) params.set('source', source)
  if (!held) params.set('held', '')
  if (after) params.set('after', `${after.assetId}:${after.field}`)
  return params.size === 0 ? '/pins' : `/pins?${params}`
}

/** `12:model`, as the boxes of the page name a pin. */
export function readPin(name: string): PinnedField {
  const [id, field] = name.split(':')
  return { assetId: Number(id), field: field! }
}

/** The pin at which the page before ended, as the address says; undefined starts the list. */
export function readPlace(text: unknown): PinPlace | undefined {
  const [, id, name] = typeof text === 'string' ? (/^([1-9]\d{0,8}):(\w+)$/.exec(text) ?? []) : []
  const field = PINNABLE_FIELDS.find((one) => one === name)
  return field === undefined ? undefined : { assetId: Number(id), field }
}

/** A page of pins. */
export function toPinList(
  pins: readonly PinView[],
  total: { readonly count: number; readonly exact: boolean },
  query: PinQuery,
  sources: readonly { readonly name: string }[],
  isLaterPage: boolean
) {
  const last = pins.at(-1)
  const isNarrowed = query.field !== undefined || query.source !== undefined
  const count = `${total.count.toLocaleString('en')}${total.exact ? '' : '+'}`
  return {
    query,
    rows: pins.map(toPinRow),
    total: total.count,
    countText: `${count} ${total.count === 1 ? 'pin' : 'pins'}`,
    releaseAllLabel: `Release all ${count} that match`,
    isNarrowed,
    firstHref: isLaterPage ? pinsUrl(query) : null,
    nextHref: pins.length >= PINS_PER_PAGE && last ? pinsUrl(query, last) : null,
    choices: [
      choice('held', 'Which pins', query.held ?? '', [
        ['1', 'Held back by pins'],
        ['', 'All pins'],
      ]),
      choice('field', 'Field', query.field ?? '', [
        ['', 'Any field'],
        ...PINNABLE_FIELDS.map((name) => [name, toFieldLabel(name)] as const),
      ]),
      choice('source', 'Source', query.source ?? '', [
        ['', 'Any source'],
        ...sources.map(({ name }) => [name, toSourceLabel(name)] as const),
      ]),
    ],
  }
}

function toPinRow({ assetId, hostname, field, value, held, ...pin }: PinView) {
  return {
    name: `${assetId}:${field}`,
    href: `/items/${assetId}#fact-${field}`,
    hostname,
    field: toFieldLabel(field),
    value: toShownValue(field, value),
    held: held && { source: held.source, value: toShownValue(field, held.value) },
    until: toUntil(pin),
    reason: pin.reason,
    actor: pin.actor,
    setAt: pin.setAt,
  }
}

function toUntil({ until, untilAt }: Pick<PinView, 'until' | 'untilAt'>): string {
  switch (until) {
    case 'always':
      return 'always'
    case 'source_change':
      return 'a source says something new'
    case 'date':
      return untilAt === null ? 'a date' : toMinute(untilAt).slice(0, 10)
  }
}

function choice(name: string, label: string, value: string, options: readonly (readonly [string, string])[]) {
  return { name, label, value, options: options.map(([option, text]) => ({ value: option, label: text })) }
}
