import { type ImportFault } from '#services/exchange/errors'
import { type ImportOutcome } from '#services/exchange/import_assets'
import { type PlannedImportRow } from '#services/exchange/import_rows'
import { toApiFields } from './change_transformer.js'
import { choice, flag, integer, listOf, nested, nullable, shape, text } from './shape.js'

type Counts = ImportOutcome['counts']

const countsShape = shape<Counts>('ImportCounts', {
  rows: integer((counts) => counts.rows),
  created: integer((counts) => counts.created),
  updated: integer((counts) => counts.updated),
  unchanged: integer((counts) => counts.unchanged),
  refused: integer((counts) => counts.refused),
})

const rowShape = shape<PlannedImportRow>('ImportRow', {
  line: integer((row) => row.line),
  action: choice(['create', 'update'], (row) => row.action),
  id: nullable(integer((row) => row.assetId)),
  before: { schema: { type: 'object' }, read: (row) => toApiFields(row.before) },
  after: { schema: { type: 'object' }, read: (row) => toApiFields(row.after) },
})

const faultShape = shape<ImportFault>('ImportFault', {
  line: nullable(integer((fault) => fault.line)),
  column: nullable(integer((fault) => fault.column)),
  field: text((fault) => fault.field),
  message: text((fault) => fault.message),
  rule: text((fault) => fault.rule),
})

/** What a file changed, or in a dry run would change, and every row of it that cannot be imported. */
export const importShape = shape<ImportOutcome>('Import', {
  dry_run: flag((outcome) => outcome.isDryRun),
  counts: nested(countsShape, (outcome) => outcome.counts),
  ignored_columns: listOf({ type: 'string' }, (outcome) => outcome.ignored),
  rows: listOf(rowShape.schema, (outcome) => outcome.rows.map(rowShape.toJson)),
  errors: listOf(faultShape.schema, (outcome) => outcome.faults.map(faultShape.toJson)),
  change_id: nullable(integer((outcome) => outcome.changeSetId)),
})
