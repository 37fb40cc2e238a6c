import { type ChangeSetView } from '#services/inventory/list_changes'
import { choice, integer, nullable, shape, text, time } from './shape.js'

/** What was changed together: one run, edit, deletion or undo. It is whole as soon as it can be read. */
export const changeSetShape = shape<ChangeSetView>('ChangeSet', {
  id: integer((set) => set.id),
  status: choice(['completed'], () => 'completed'),
  kind: text((set) => set.kind),
  actor: text((set) => set.actor),
  run_id: nullable(integer((set) => set.runId)),
  undoes_id: nullable(integer((set) => set.undoesId)),
  undone_by_id: nullable(integer((set) => set.undoneById)),
  at: time((set) => set.at),
  changes: integer((set) => set.changes),
})
