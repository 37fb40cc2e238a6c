import { type Permission } from '#core/access/permissions'

const PAGES = [
  { href: '/', label: 'Inventory', icon: 'box', permission: 'asset.read', paths: ['/items'] },
  { href: '/sources', label: 'Sources', icon: 'plug', permission: 'source.read', paths: ['/sources'] },
  { href: '/runs', label: 'Runs', icon: 'history', permission: 'sync.read', paths: ['/runs'] },
  { href: '/users', label: 'Users', icon: 'users', permission: 'user.manage', paths: ['/users'] },
] as const satisfies readonly { permission: Permission; [key: string]: unknown }[]

export interface NavigationEntry {
  readonly href: string
  readonly label: string
  readonly icon: string
  readonly isCurrent: boolean
}

/** The pages that a person may open, with the one that `path` belongs to marked. */
export function toNavigation(path: string, can: (permission: Permission) => boolean): NavigationEntry[] {
  return PAGES.filter(({ permission }) => can(permission)).map(({ href, label, icon, paths }) => ({
    href,
    label,
    icon,
    isCurrent: path === href || paths.some((prefix) => path.startsWith(prefix)),
  }))
}
