import { RankExceeded } from './errors.js'
import { outranks, type Role } from './role.js'

/** The parts of a user that decide what may be done to the account. */
export interface Ranked {
  readonly id: number
  readonly role: Role
}

/**
 * Throws `RankExceeded` unless the actor may edit this user: nobody touches an account above the own rank, and nobody
 * grants a role above the own (so one's own role only goes down). A null actor is the command line, which may all.
 */
export function assertMayEditUser(actor: Ranked | null, target: Ranked, newRole: Role | undefined): void {
  if (actor === null) {
    return
  }
  if (actor.id !== target.id && outranks(target.role, actor.role)) {
    throw new RankExceeded(`A user of role ${actor.role} cannot edit a ${target.role}`)
  }
  assertMayGrant(actor, newRole)
}

/** Throws `RankExceeded` if the role stands above the actor's own. */
export function assertMayGrant(actor: Ranked | null, role: Role | undefined): void {
  if (actor !== null && role !== undefined && outranks(role, actor.role)) {
    throw new RankExceeded(`A user of role ${actor.role} cannot grant the role ${role}`)
  }
}
