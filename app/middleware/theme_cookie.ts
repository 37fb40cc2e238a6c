import { type HttpRequest, type HttpResponse } from '@adonisjs/core/http'
import { THEMES, type Theme } from '#validators/theme'

const NAME = 'laim_theme'

/** The theme that this browser chose; without a choice the system's. */
export function readThemeCookie(request: HttpRequest): Theme {
  const chosen: unknown = request.plainCookie(NAME, { encoded: false })
  return THEMES.find((theme) => theme === chosen) ?? 'system'
}

/** Scripts read and write the cookie too, to switch at once. */
export function writeThemeCookie(response: HttpResponse, theme: Theme): void {
  response.plainCookie(NAME, theme, { encode: false, httpOnly: false, sameSite: 'lax', maxAge: '1825d' })
}
