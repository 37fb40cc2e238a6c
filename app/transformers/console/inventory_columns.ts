import { type InventoryQuery } from '#services/console/read_inventory'
import { inventoryUrl, type SORTS } from './inventory_query.js'

type Sort = (typeof SORTS)[number]

interface Heading {
  readonly label: string
  readonly sort?: Sort
  /** `roomy`, `wider`, `wide` and `widest` leave narrow screens, one after the other. */
  readonly className?: string
}

const HEADINGS: readonly Heading[] = [
  { label: 'Name', sort: 'hostname' },
  { label: 'Type', sort: 'item_type' },
  { label: 'Serial', sort: 'serial_number' },
  { label: 'MAC', className: 'wider' },
  { label: 'IP', sort: 'ip_address', className: 'roomy' },
  { label: 'Tag', sort: 'asset_tag', className: 'wide' },
  { label: 'Place', sort: 'room_location' },
  { label: 'Sources', className: 'wide' },
  { label: 'Presence' },
  { label: 'Confirmed', className: 'widest' },
]

/** The columns of the list; the heading of the one it is ordered by turns the order round. */
export function toInventoryColumns(query: InventoryQuery) {
  return HEADINGS.map(({ label, sort, className }) => {
    const isUp = query.sort === sort
    const isDown = query.sort === `-${sort}`
    return {
      label,
      className: className ?? '',
      href: sort ? inventoryUrl(query, { sort: isUp ? `-${sort}` : sort }) : null,
      ariaSort: isUp ? 'ascending' : isDown ? 'descending' : null,
    }
  })
}

/** The same orders for a phone, which has no headings to press. */
export function toSortOptions() {
  const sortable = HEADINGS.flatMap(({ label, sort }) => (sort ? [{ label, sort }] : []))
  return [
    ...sortable.map(({ label, sort }) => ({ value: sort as string, label: `By ${label.toLowerCase()}` })),
    { value: '-updated_at', label: 'Last changed first' },
  ]
}
