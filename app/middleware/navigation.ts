import { type Permission } from '#core/access/permissions'

const PAGES = [
  {
    href: '/',
    label: 'Inventory',
    icon: 'box',
    permission: 'asset.read',
    paths: ['/items', '/pins', '/deleted', '/import'],
  },
  { href: '/reviews', label: 'Review', icon: 'inbox', permission: 'asset.read', paths: ['/reviews'] },
  { href: '/sources', label: 'Sources', icon: 'plug', permission: 'source.read', paths: ['/sources'] },
  { href: '/runs', label: 'Runs', icon: 'history', permission: 'sync.read', paths: ['/runs'] },
  {
    href: '/users',
    label: 'Settings',
    icon: 'settings',
    permission: 'user.manage',
    paths: ['/users', '/webhooks', '/audit'],
  },
] as const satisfies readonly { permission: Permission; [key: string]: unknown }[]

export interface NavigationEntry {
  readonly href: string
  readonly label: string
  readonly icon: string
  readonly isCurrent: boolean
  /** What waits on the page for a person; null where nothing does. */
  readonly waiting: { readonly count: string; readonly words: string } | null
}

const MOST_SHOWN = 99

/** The pages that a person may open, with the one that `path` belongs to marked. */
export function toNavigation(
  path: string,
  can: (permission: Permission) => boolean,
  { openReviews }: { readonly openReviews: number }
): NavigationEntry[] {
  return PAGES.filter(({ permission }) => can(permission)).map(({ href, label, icon, paths }) => ({
    href,
    label,
    icon,
    isCurrent: path === href || paths.some((prefix) => path.startsWith(prefix)),
    waiting: href === '/reviews' && openReviews > 0 ? toWaiting(openReviews) : null,
  }))
}

function toWaiting(count: number): NavigationEntry['waiting'] {
  const isMore = count > MOST_SHOWN
  return { count: isMore ? `${MOST_SHOWN}+` : String(count), words: count === 1 ? 'open question' : 'open questions' }
}
