import { type HttpRequest, type HttpResponse } from '@adonisjs/core/http'

/** The name that scripts of LAIM 1.0 send. Its value is the bare token, neither signed nor encrypted. */
const NAME = 'access_token'

/** The token in the cookie of a request, or null. */
export function readTokenCookie(request: HttpRequest): string | null {
  const value: unknown = request.plainCookie(NAME, { encoded: false })
  return typeof value === 'string' && value !== '' ? value : null
}

/** Hands the token to a browser, for as long as the token lives. */
export function writeTokenCookie(response: HttpResponse, token: string, expiresAt: Date): void {
  response.plainCookie(NAME, token, { encode: false, maxAge: secondsUntil(expiresAt), httpOnly: true, sameSite: 'lax' })
}

export function clearTokenCookie(response: HttpResponse): void {
  response.clearCookie(NAME)
}

function secondsUntil(time: Date): number {
  return Math.max(0, Math.floor((time.getTime() - Date.now()) / 1000))
}
