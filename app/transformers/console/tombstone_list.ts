import { formatMacAddress } from '#core/assets/mac_address'
import { type Tombstone } from '#services/inventory/list_tombstones'
import { toIdentifierKind } from './identifier_list.js'

export const TOMBSTONES_PER_PAGE = 50

/** Identifiers that a row shows. */
const MOST_SHOWN = 3

/** A page of what was deleted on purpose, as `toRunList` makes one. */
export function toTombstoneList(tombstones: readonly Tombstone[], total: number, beforeId: number | undefined) {
  const page = tombstones.slice(0, TOMBSTONES_PER_PAGE)
  const last = page.at(-1)
  return {
    rows: page.map(toRow),
    countText: total === 1 ? '1 asset' : `${total.toLocaleString('en')} assets`,
    newestHref: beforeId === undefined ? null : '/deleted',
    olderHref: tombstones.length > TOMBSTONES_PER_PAGE && last ? `/deleted?before=${last.id}` : null,
  }
}

function toRow({ identifiers, records, ...tombstone }: Tombstone) {
  const more = identifiers.length - MOST_SHOWN
  return {
    ...tombstone,
    identifiers: identifiers.slice(0, MOST_SHOWN).map(toShownIdentifier),
    moreIdentifiers: more > 0 ? `and ${more} more` : null,
    sources: [...new Set(records.map(({ source }) => source))],
    recordText: records.length === 0 ? null : records.length === 1 ? '1 record' : `${records.length} records`,
  }
}

/** `kind value` as people read it. */
function toShownIdentifier(identifier: string): { readonly kind: string; readonly value: string } {
  const [kind, value] = [identifier.slice(0, identifier.indexOf(' ')), identifier.slice(identifier.indexOf(' ') + 1)]
  return { kind: toIdentifierKind(kind), value: kind === 'mac' ? formatMacAddress(value) : value }
}
