import { formatMacAddress } from '#core/assets/mac_address'
import { type FeedEntry } from '#services/inventory/list_changes'
import { type HistoryEntry } from '#services/search/asset_history'
import { integer, nullable, shape, text, time, type ShapeField } from './shape.js'

/** The fields of an asset that the API calls otherwise than by their name in snake case. */
const API_NAMES: Record<string, string> = { assetType: 'item_type', room: 'room_location', sourceRef: 'source_id' }

/** Touched fields under the names that the API gives them, with values as items have them. */
export function toApiFields(touched: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(touched).map(([field, value]) => [
      API_NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      field === 'macAddress' && typeof value === 'string' ? formatMacAddress(value) : value,
    ])
  )
}

function fields(read: (entry: HistoryEntry) => Record<string, unknown>): ShapeField<HistoryEntry> {
  return { schema: { type: 'object' }, read: (entry) => toApiFields(read(entry)) }
}

const FIELDS: Record<string, ShapeField<HistoryEntry>> = {
  id: integer((entry) => entry.id),
  change_id: integer((entry) => entry.changeSetId),
  kind: text((entry) => entry.kind),
  action: text((entry) => entry.action),
  actor: text((entry) => entry.actor),
  user_id: nullable(integer((entry) => entry.userId)),
  run_id: nullable(integer((entry) => entry.runId)),
  at: time((entry) => entry.at),
  before: fields((entry) => entry.before),
  after: fields((entry) => entry.after),
  revision: integer((entry) => entry.revision),
  reason: nullable(text((entry) => entry.reason)),
}

/** One change of an item: its fields before and after, and the change set that it is of. */
export const changeShape = shape<HistoryEntry>('Change', FIELDS)

/** A change in the feed of all items. */
export const feedShape = shape<FeedEntry>('FeedChange', { item_id: integer((entry) => entry.assetId), ...FIELDS })
