import { type BulkOutcome } from '#services/inventory/edit_in_bulk'
import { type RowResult } from '#services/inventory/edit_many'
import { toApiFields } from './change_transformer.js'
import { choice, integer, listOf, nested, nullable, shape, text } from './shape.js'

const OUTCOMES = ['updated', 'deleted', 'restored', 'unchanged', 'refused']

function faultOf(row: RowResult) {
  return row.outcome === 'refused' ? row.fault : null
}

const rowShape = shape<RowResult>('BulkRow', {
  id: integer((row) => row.assetId),
  outcome: choice(OUTCOMES, (row) => row.outcome),
  before: { schema: { type: 'object' }, read: (row) => (row.outcome === 'refused' ? {} : toApiFields(row.before)) },
  after: { schema: { type: 'object' }, read: (row) => (row.outcome === 'refused' ? {} : toApiFields(row.after)) },
  code: nullable(text((row) => faultOf(row)?.code)),
  message: nullable(text((row) => faultOf(row)?.message)),
})

const countsShape = shape<BulkOutcome>(
  'BulkCounts',
  Object.fromEntries([
    ['items', integer<BulkOutcome>(({ rows }) => rows.length)],
    ...OUTCOMES.map((name) => [
      name,
      integer<BulkOutcome>(({ rows }) => rows.filter(({ outcome }) => outcome === name).length),
    ]),
  ])
)

/** What became of each item, or would in a dry run. A refused item is as it was. */
export const bulkShape = shape<BulkOutcome>('Bulk', {
  counts: nested(countsShape, (outcome) => outcome),
  rows: listOf(rowShape.schema, ({ rows }) => rows.map(rowShape.toJson)),
  change_id: nullable(integer(({ changeSetId }) => changeSetId)),
})
