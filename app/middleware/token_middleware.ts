import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { ForeignOrigin, NotSignedIn } from '#core/access/errors'
import { comesFromForeignPage } from './foreign_page.js'
import { adoptTokenCookie } from './token_cookie.js'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Signs a request of the API in by its access token: `Authorization: Bearer …`, or else the cookie. A browser sends
 * the cookie also for pages of other sites, so writes that rely on it must come from a page of our own.
 */
export default class TokenMiddleware {
  async handle({ auth, request }: HttpContext, next: NextFn) {
    const byCookie = adoptTokenCookie(request)
    if (byCookie && !SAFE_METHODS.includes(request.method()) && comesFromForeignPage(request)) {
      throw new ForeignOrigin()
    }
    if (!(await auth.checkUsing(['api']))) {
      throw new NotSignedIn()
    }
    return next()
  }
}
