import { type HttpRequest, type HttpResponse } from '@adonisjs/core/http'

/** The name that scripts of LAIM 1.0 send. Its value is the bare token, neither signed nor encrypted. */
const NAME = 'access_token'

/**
 * Lets the cookie stand for the header that the token guard reads, unless the request has that header.
 *
 * Answers whether it did: such a request may be a browser's, sent for a page of another site.
 */
export function adoptTokenCookie(request: HttpRequest): boolean {
  const value: unknown = request.plainCookie(NAME, { encoded: false })
  if (request.header('authorization') !== undefined || typeof value !== 'string' || value === '') {
    return false
  }
  request.request.headers.authorization = `Bearer ${value}`
  return true
}

/** Hands the token to a browser, for as long as the token lives. */
export function writeTokenCookie(response: HttpResponse, token: string, expiresAt: Date): void {
  const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000))
  response.plainCookie(NAME, token, { encode: false, maxAge, httpOnly: true, sameSite: 'lax' })
}

export function clearTokenCookie(response: HttpResponse): void {
  response.clearCookie(NAME)
}
