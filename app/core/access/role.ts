/** What a person may be, lowest first. The order is the rank. */
export const ROLES = ['viewer', 'admin', 'superuser'] as const
export type Role = (typeof ROLES)[number]

/** True if the first role stands above the second. */
export function outranks(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) > ROLES.indexOf(other)
}
