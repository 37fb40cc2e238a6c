import { type UndoOutcome } from '#services/inventory/undo_change_set'
import { type Notice, undoPath } from './notice.js'

interface WrittenSet {
  readonly id: number
  readonly undoneById: number | null
  readonly changes: number
}

/** What a run wrote, and whether it can be taken back. Null when it wrote nothing, or works still. */
export function toWritten(changeSets: readonly WrittenSet[], run: { readonly id: number; readonly status: string }) {
  const changes = changeSets.reduce((sum, set) => sum + set.changes, 0)
  if (changes === 0 || run.status === 'queued' || run.status === 'running') {
    return null
  }
  const assets = changes === 1 ? '1 change' : `${changes} changes`
  const isUndone = changeSets.every(({ undoneById, changes: own }) => undoneById !== null || own === 0)
  return {
    sentence: isUndone ? `It wrote ${assets}, which were taken back.` : `It wrote ${assets}.`,
    undo: isUndone ? null : { action: `/runs/${run.id}/undo`, label: `Take back ${assets}` },
  }
}

/** What taking a run back did. The notice offers to take that back in turn, where it was one change set. */
export function toRunUndoNotice(outcomes: readonly UndoOutcome[]): Notice {
  const undone = outcomes.reduce((sum, outcome) => sum + outcome.undone, 0)
  const kept = outcomes.reduce((sum, outcome) => sum + outcome.conflicts.length, 0)
  if (undone === 0) {
    const text = kept > 0 ? 'Nothing was taken back: all of it was changed since.' : 'There was nothing to take back.'
    return { text, kind: 'bad' }
  }
  const made = outcomes.flatMap(({ changeSetId }) => changeSetId ?? [])
  const assets = undone === 1 ? '1 asset is' : `${undone} assets are`
  const stayed = kept === 0 ? '' : ` ${kept} kept what was changed since.`
  return {
    text: `${assets} as before the run.${stayed}`,
    ...(made.length === 1 && { undo: undoPath(made[0]!) }),
  }
}
