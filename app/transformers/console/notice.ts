import { type Session } from '@adonisjs/session'
import { type ReviewKind, type ReviewVerdict } from '#core/reconcile/review'
import { type ImportOutcome } from '#services/exchange/import_assets'
import { type ReleaseOutcome } from '#services/inventory/release_pins'
import { type UndoOutcome } from '#services/inventory/undo_change_set'
import { toFieldLabel } from './field_label.js'
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

export function toMergedNotice(changeSetId: number): Notice {
  return { text: 'The two are one asset now.', undo: undoPath(changeSetId) }
}

export function toSplitNotice(splitId: number, changeSetId: number): Notice {
  const undo = undoPath(changeSetId)
  return { text: 'The records have an asset of their own.', href: `/items/${splitId}`, label: 'Open', undo }
}

export function toImportedNotice({ changeSetId, counts }: ImportOutcome): Notice {
  const { created, updated } = counts
  const parts = [created > 0 && `${created} added`, updated > 0 && `${updated} changed`].filter(Boolean)
  return changeSetId === null
    ? { text: 'There was nothing to import.' }
    : { text: `Imported: ${parts.join(', ')}.`, undo: undoPath(changeSetId) }
}

/** `field` is the API's name. */
export function toPinnedNotice(field: string): Notice {
  return { text: `${toFieldLabel(field)} is pinned.` }
}

/** Where the sources agreed with the pin, no value changed and there is nothing to take back. */
export function toReleasedNotice(field: string, changeSetId: number | null): Notice {
  const text = `${toFieldLabel(field)} follows the sources again.`
  return changeSetId === null ? { text } : { text, undo: undoPath(changeSetId) }
}

export function toManyReleasedNotice({ changeSetId, changed }: ReleaseOutcome): Notice {
  if (changeSetId === null) {
    return { text: 'The pins are released; the sources say the same.' }
  }
  const assets = changed === 1 ? '1 asset follows' : `${changed} assets follow`
  return { text: `${assets} the sources again.`, undo: undoPath(changeSetId) }
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
