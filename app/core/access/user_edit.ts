import { type Actor } from '#core/assets/asset'
import { RankExceeded } from './errors.js'
import { outranks, type Role } from './role.js'

/** The parts of a user that decide what may be done to the account. */
export interface Ranked {
  readonly id: number
  readonly role: Role
}

/** Who edits accounts. Without a role it is the command line, which may all. */
export interface Editor extends Actor {
  readonly role: Role | null
}

export const COMMAND_LINE: Editor = { userId: null, name: 'command', role: null }

/**
 * Throws `RankExceeded` unless the editor may edit this user: nobody touches an account above the own rank, and nobody
 * grants a role above the own (so one's own role only goes down).
 */
export function assertMayEditUser(editor: Editor, target: Ranked, newRole: Role | undefined): void {
  if (editor.role !== null && editor.userId !== target.id && outranks(target.role, editor.role)) {
    throw new RankExceeded(`A user of role ${editor.role} cannot edit a ${target.role}`)
  }
  assertMayGrant(editor, newRole)
}

/** Throws `RankExceeded` if the role stands above the editor's own. */
export function assertMayGrant({ role: own }: Editor, role: Role | undefined): void {
  if (own !== null && role !== undefined && outranks(role, own)) {
    throw new RankExceeded(`A user of role ${own} cannot grant the role ${role}`)
  }
}
