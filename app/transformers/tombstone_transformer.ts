import { type Tombstone } from '#services/inventory/list_tombstones'
import { integer, listOf, nullable, shape, text, time } from './shape.js'

const recordShape = shape<Tombstone['records'][number]>('IgnoredRecord', {
  source: text((record) => record.source),
  native_id: text((record) => record.nativeId),
})

/** A deleted item, and what it keeps away: no source brings it back by itself. `id` is the item's. */
export const tombstoneShape = shape<Tombstone>('Tombstone', {
  id: integer((tombstone) => tombstone.id),
  hostname: text((tombstone) => tombstone.hostname),
  item_type: text((tombstone) => tombstone.assetType),
  deleted_at: time((tombstone) => tombstone.deletedAt),
  deleted_by: nullable(text((tombstone) => tombstone.deletedBy)),
  reason: nullable(text((tombstone) => tombstone.reason)),
  identifiers: listOf({ type: 'string' }, (tombstone) => tombstone.identifiers),
  records: listOf(recordShape.schema, (tombstone) => tombstone.records.map(recordShape.toJson)),
})
