import vine from '@vinejs/vine'
import { ASSET_STATUSES, PRESENCE_FILTERS } from '#core/assets/asset'
import { MAX_HOSTNAME_LENGTH } from '#core/assets/hostname'
import { ASSET_SORTS } from '#services/search/asset_sort'
import { PAGING } from './paging.js'
import { ipAddress, macAddress, notNull, strict } from './rules.js'
import { blankToNull, emptyToAbsent, line, optionalLine, optionalLines, parameter } from './text.js'

const SORTS = Object.keys(ASSET_SORTS)

const OPTIONAL_FIELDS = {
  serial_number: optionalLine(64),
  mac_address: vine.string().parse(blankToNull).maxLength(64).use(macAddress()).nullable().optional(),
  asset_tag: optionalLine(64),
  room_location: optionalLine(64),
  sub_location: optionalLine(200),
  notes: optionalLines(10_000),
  status: vine.enum(ASSET_STATUSES).optional().use(notNull()),
  ip_address: vine.string().parse(blankToNull).maxLength(64).use(ipAddress()).nullable().optional(),
  vendor: optionalLine(200),
  model: optionalLine(200),
  firmware_version: optionalLine(200),
}

/** The rules of each field of an item that is there already: absent stays, null empties. */
export const ITEM_FIELDS = {
  hostname: line(MAX_HOSTNAME_LENGTH).optional().use(notNull()),
  item_type: line(64).optional().use(notNull()),
  ...OPTIONAL_FIELDS,
}

/** Body of `POST /api/items`. */
export const createItemValidator = vine.create(
  strict({ hostname: line(MAX_HOSTNAME_LENGTH), item_type: line(64), ...OPTIONAL_FIELDS })
)

/** Body of `PUT` and `PATCH /api/items/{id}`: what is absent stays, null empties. */
export const updateItemValidator = vine.create(strict(ITEM_FIELDS))

/** Which items are meant: the same words in the query of a list, of an export and in a bulk edit. */
export const ITEM_FILTERS = {
  search: parameter(500),
  item_type: vine.array(line(64)).parse(toList).optional(),
  room: parameter(64),
  room_location: parameter(64),
  source: parameter(64),
  status: vine.enum(ASSET_STATUSES).parse(emptyToAbsent).optional(),
  presence: vine.enum(PRESENCE_FILTERS).parse(emptyToAbsent).optional(),
  active_only: vine.boolean().parse(emptyToAbsent).optional(),
}

/** A parameter that came once is a list of one. */
function toList(value: unknown): unknown {
  return value === undefined || value === '' || Array.isArray(value) ? emptyToAbsent(value) : [value]
}

const SORTED_FILTERS = {
  ...ITEM_FILTERS,
  sort: vine
    .enum([...SORTS, ...SORTS.map((name) => `-${name}`)])
    .parse(emptyToAbsent)
    .optional(),
}

/** Query of `GET /api/items`. */
export const listItemsValidator = vine.create(strict({ ...SORTED_FILTERS, ...PAGING }))

/** Query of `GET /api/export/csv` and `GET /api/export/json`. */
export const exportItemsValidator = vine.create(strict(SORTED_FILTERS))
