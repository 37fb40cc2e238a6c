import { type Session } from '@adonisjs/session'

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
