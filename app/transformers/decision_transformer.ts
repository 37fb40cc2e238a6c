import { type MergeConflict, type MergeOutcome } from '#services/inventory/merge_assets'
import { type SplitOutcome } from '#services/inventory/split_records'
import { type ResolveOutcome } from '#services/reviews/resolve_review'
import { toApiFields } from './change_transformer.js'
import { choice, flag, integer, listOf, nullable, shape, text, type ShapeField } from './shape.js'
import { shownValue } from './shown_value.js'

function fields<Source>(read: (source: Source) => Readonly<Record<string, unknown>>): ShapeField<Source> {
  return { schema: { type: 'object' }, read: (source) => toApiFields(read(source)) }
}

const conflictShape = shape<MergeConflict>('MergeConflict', {
  field: text((conflict) => conflict.field),
  kept: nullable(text((conflict) => shownValue(conflict.field, conflict.kept))),
  dropped: nullable(text((conflict) => shownValue(conflict.field, conflict.dropped))),
})

/** What a merge did, or in a dry run would do. `conflicts` are values of the absorbed item that gave way. */
export const mergeShape = shape<MergeOutcome>('Merge', {
  item_id: integer((merge) => merge.assetId),
  absorbed_id: integer((merge) => merge.absorbedId),
  records: listOf({ type: 'integer' }, (merge) => merge.movedRecordIds),
  before: fields((merge) => merge.before),
  after: fields((merge) => merge.after),
  conflicts: listOf(conflictShape.schema, (merge) => merge.conflicts.map(conflictShape.toJson)),
  change_id: nullable(integer((merge) => merge.changeSetId)),
})

/** What a split did, or in a dry run would do. A new item has no id before it is made. */
export const splitShape = shape<SplitOutcome>('Split', {
  item_id: integer((split) => split.assetId),
  split_id: nullable(integer((split) => split.splitId)),
  revived: flag((split) => split.isRevived),
  records: listOf({ type: 'integer' }, (split) => split.movedRecordIds),
  before: fields((split) => split.before),
  after: fields((split) => split.after),
  split: fields((split) => split.split),
  change_id: nullable(integer((split) => split.changeSetId)),
})

/** What answering a review did. `item_id` is the item that the records belong to from now on. */
export const resolutionShape = shape<ResolveOutcome>('Resolution', {
  state: choice(['open', 'resolved'], (outcome) => outcome.state),
  item_id: nullable(integer((outcome) => outcome.assetId)),
  merges: listOf(mergeShape.schema, (outcome) => outcome.merges.map(mergeShape.toJson)),
  change_id: nullable(integer((outcome) => outcome.changeSetId)),
})
