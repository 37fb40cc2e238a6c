import { outranks, ROLES, type Role } from '#core/access/role'
import type User from '#models/user'
import { type UserPage } from '#services/identity/list_users'

/** A user as the console shows one. Times are ISO 8601. */
export interface UserRow {
  readonly id: number
  readonly username: string
  readonly email: string
  readonly role: Role
  readonly isActive: boolean
  readonly lastLoginAt: string | null
}

export function toUserRow({ id, username, email, role, isActive, lastLoginAt }: User): UserRow {
  return { id, username, email, role, isActive, lastLoginAt: lastLoginAt?.toUTC().toISO() ?? null }
}

/** A page of users, those after `afterId` if it is given. */
export function toUserList({ users, nextAfterId }: UserPage, afterId: number | undefined) {
  return {
    firstHref: afterId === undefined ? null : '/users',
    users: users.map(toUserRow),
    nextHref: nextAfterId === null ? null : `/users?after=${nextAfterId}`,
  }
}

/** The roles that somebody of this role may grant, as options of a select. */
export function grantableRoles(own: Role) {
  return ROLES.filter((role) => !outranks(role, own)).map((role) => ({ value: role, label: role }))
}
