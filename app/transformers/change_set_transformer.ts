import { type ChangeSetView } from '#services/inventory/list_changes'
import { progressShape } from './run_transformer.js'
import { choice, integer, listOf, nullable, shape, text, time } from './shape.js'
import { conflictShape } from './undo_transformer.js'

const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled']

/**
 * What was changed together: one run, edit, deletion or undo. `progress` counts the changes that a worker takes back while
 * it does, and `conflicts` names what it left because somebody changed it since.
 */
export const changeSetShape = shape<ChangeSetView>('ChangeSet', {
  id: integer((set) => set.id),
  status: choice(STATUSES, (set) => set.status),
  kind: text((set) => set.kind),
  actor: text((set) => set.actor),
  run_id: nullable(integer((set) => set.runId)),
  undoes_id: nullable(integer((set) => set.undoesId)),
  undone_by_id: nullable(integer((set) => set.undoneById)),
  at: time((set) => set.at),
  changes: integer((set) => set.changes),
  progress: nullable({
    schema: progressShape.schema,
    read: ({ progress }) => progress && progressShape.toJson(progress),
  }),
  conflicts: listOf(conflictShape.schema, (set) => set.conflicts.map(conflictShape.toJson)),
})
