import { type HttpRequest } from '@adonisjs/core/http'

/**
 * True if a browser says that a page of another origin made it send the request. Clients that are no browsers, such
 * as curl, send neither header and pass. Ports count, schemes do not: TLS may end at a proxy.
 */
export function comesFromForeignPage(request: HttpRequest): boolean {
  const site = request.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return true
  }
  const origin = request.header('origin')
  if (origin === undefined) {
    return false
  }
  return !URL.canParse(origin) || new URL(origin).host !== request.host()
}
