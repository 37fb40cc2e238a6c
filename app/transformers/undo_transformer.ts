import { type UndoOutcome } from '#services/inventory/undo_change_set'
import { integer, listOf, nullable, shape, text } from './shape.js'

type Conflict = UndoOutcome['conflicts'][number]

/** What stayed because somebody changed it since; without fields it is the whole item. */
export const conflictShape = shape<Conflict>('UndoConflict', {
  item_id: integer((conflict) => conflict.assetId),
  fields: listOf({ type: 'string' }, (conflict) => conflict.fields),
  reason: text((conflict) => conflict.reason),
})

/** What taking back did, or in a dry run would do. `change_id` is null when nothing was written. */
export const undoShape = shape<UndoOutcome>('Undo', {
  undone: integer((outcome) => outcome.undone),
  conflicts: listOf(conflictShape.schema, (outcome) => outcome.conflicts.map(conflictShape.toJson)),
  change_id: nullable(integer((outcome) => outcome.changeSetId)),
})
