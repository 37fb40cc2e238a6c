import { type HttpRequest } from '@adonisjs/core/http'

export const THEME_COOKIE = 'laim_theme'

export const THEMES = [
  { name: 'system', label: 'As the system', icon: 'screen' },
  { name: 'light', label: 'Light', icon: 'sun' },
  { name: 'dark', label: 'Dark', icon: 'moon' },
] as const

export type Theme = (typeof THEMES)[number]['name']

/** The theme that this browser chose; without a choice the system's. */
export function readTheme(request: HttpRequest): Theme {
  const chosen: unknown = request.plainCookie(THEME_COOKIE, { encoded: false })
  return THEMES.find(({ name }) => name === chosen)?.name ?? 'system'
}
