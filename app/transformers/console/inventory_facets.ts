import { ASSET_STATUSES, PRESENCES, RETIRE_AFTER_DAYS } from '#core/assets/asset'
import { type Facets, type InventoryQuery } from '#services/console/read_inventory'
import { toTypeIcon } from './asset_type_icon.js'
import { inventoryUrl } from './inventory_query.js'
import { STATUS_WORDS, toPresenceLook } from './looks.js'
import { toSourceLabel } from './source_name.js'

/** A chip for each type that the search leaves, most frequent first. Pressing one adds it, or takes it out again. */
export function toChips(query: InventoryQuery, { byType }: Facets) {
  const counted = Object.entries(byType).filter(([, count]) => count > 0)
  const absent = query.item_type.filter((type) => !byType[type]).map((type) => [type, 0] as const)
  const chips = [...counted, ...absent].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
  const all = counted.reduce((sum, [, count]) => sum + count, 0)
  return [
    {
      label: 'All',
      icon: null,
      count: all.toLocaleString('en'),
      isOn: query.item_type.length === 0,
      href: inventoryUrl(query, { item_type: [] }),
    },
    ...chips.map(([type, count]) => ({
      label: type,
      icon: toTypeIcon(type),
      count: count.toLocaleString('en'),
      isOn: query.item_type.includes(type),
      href: inventoryUrl(query, { item_type: toggle(query.item_type, type) }),
    })),
  ]
}

/** The choices of one value beside the chips. */
export function toChoices(query: InventoryQuery, { rooms, sources }: Facets) {
  return [
    choice(
      'room',
      'Room',
      'Any room',
      query.room,
      rooms.map((room) => [room, `Room ${room}`])
    ),
    choice('source', 'Source', 'Any source', query.source, [
      ...sources.map((name) => [name, toSourceLabel(name)] as const),
      ['manual', 'Entered by hand'],
      ['merged', 'More than one'],
    ]),
    choice('presence', 'Presence', 'Any presence', query.presence, [
      ...PRESENCES.map((one) => [one, toPresenceLook(one).word] as const),
      ['retire_candidate', `Missing for ${RETIRE_AFTER_DAYS} days`],
    ]),
    choice(
      'status',
      'Status',
      'Any status',
      query.status,
      ASSET_STATUSES.map((one) => [one, STATUS_WORDS[one]])
    ),
    choice('deleted', 'Deleted assets', 'Active only', query.deleted ? '1' : undefined, [['1', 'With deleted']]),
  ]
}

function choice(
  name: string,
  label: string,
  anyLabel: string,
  value: string | undefined,
  options: readonly (readonly [string, string])[]
) {
  const listed = options.map(([option, text]) => ({ value: option, label: text }))
  return { name, label, value: value ?? '', options: [{ value: '', label: anyLabel }, ...listed] }
}

function toggle(types: readonly string[], type: string): string[] {
  return types.includes(type) ? types.filter((one) => one !== type) : [...types, type]
}
