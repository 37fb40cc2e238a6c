import { type Role } from './role.js'

/**
 * The whole of access control: which roles hold which permission. Every route of the API and the console names one
 * permission, and templates ask for permissions, never for roles.
 */
const GRANTS = {
  'account.manage': ['viewer', 'admin', 'superuser'],
  'asset.read': ['viewer', 'admin', 'superuser'],
  'asset.write': ['admin', 'superuser'],
  'audit.read': ['superuser'],
  'asset_type.write': ['superuser'],
  'room.write': ['admin', 'superuser'],
  'source.read': ['viewer', 'admin', 'superuser'],
  'source.check': ['admin', 'superuser'],
  'sync.read': ['viewer', 'admin', 'superuser'],
  'sync.trigger': ['admin', 'superuser'],
  'user.manage': ['superuser'],
  'webhook.manage': ['superuser'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof GRANTS

export const PERMISSIONS = Object.keys(GRANTS) as Permission[]

/** Those that change nothing. */
export const READING = PERMISSIONS.filter((permission) => permission.endsWith('.read'))

export function isGranted(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = GRANTS[permission]
  return roles.includes(role)
}

/** What a token may do of what its owner may: names of permissions, or `*` for all of them. */
export function isAllowed(abilities: readonly string[], permission: Permission): boolean {
  return abilities.includes('*') || abilities.includes(permission)
}
