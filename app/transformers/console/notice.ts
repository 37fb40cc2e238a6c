import { type Session } from '@adonisjs/session'
import { type ReviewKind, type ReviewVerdict } from '#core/reconcile/review'
import { type UndoOutcome } from '#services/inventory/undo_change_set'
import { toAnswerWords } from './review_words.js'

/** What the next page says about the act that led to it. */
export interface Notice {
  readonly text: string
  readonly kind?: 'good' | 'bad'
  /** A link, with the word on it. */
  readonly href?: string
  readonly label?: string
  /** Where a post takes the act back. */
  readonly undo?: string
}

/** Leaves a notice for the next page. */
export function flashNotice(session: Session, notice: Notice): void {
  session.flash('notice', { kind: 'good', ...notice })
}

/** Where a post takes a change set back. */
export function undoPath(changeSetId: number): string {
  return `/changes/${changeSetId}/undo`
}

export function toAddedNotice(hostname: string, assetId: number, changeSetId: number): Notice {
  return { text: `${hostname} is added.`, href: `/items/${assetId}`, label: 'Open', undo: undoPath(changeSetId) }
}

/** Null: the form came back as it was. */
export function toSavedNotice(changeSetId: number | null): Notice {
  return changeSetId === null ? { text: 'Nothing was changed.' } : { text: 'Saved.', undo: undoPath(changeSetId) }
}

/** `later` changes nothing, so there is nothing to take back. */
export function toAnsweredNotice(kind: ReviewKind, verdict: ReviewVerdict, changeSetId: number | null): Notice {
  const { label } = toAnswerWords(kind, verdict)
  return changeSetId === null
    ? { text: 'Left for later.' }
    : { text: `Answered: ${label.charAt(0).toLowerCase()}${label.slice(1)}.`, undo: undoPath(changeSetId) }
}

export function toUndoNotice({ undone, conflicts }: UndoOutcome): Notice {
  const kept = conflicts.length > 0
  if (undone > 0) {
    return { text: kept ? 'Taken back, except for what was changed since.' : 'Taken back.' }
  }
  return kept
    ? { text: 'Not taken back: it was changed again since.', kind: 'bad' }
    : { text: 'There was nothing left to take back.' }
}
