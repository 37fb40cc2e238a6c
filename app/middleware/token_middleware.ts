import { type HttpContext, type HttpResponse } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { ForeignOrigin, NotSignedIn } from '#core/access/errors'
import { RequestQuota, type Allowance } from '#services/identity/request_quota'
import env from '#start/env'
import { comesFromForeignPage } from './foreign_page.js'
import { adoptTokenCookie } from './token_cookie.js'

/** The one counter of this process. */
const quota = new RequestQuota(env.get('API_RATE_LIMIT'))

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Signs a request of the API in by its access token: `Authorization: Bearer …`, or else the cookie. A browser sends
 * the cookie also for pages of other sites, so writes that rely on it must come from a page of our own. What each token
 * may send in a minute is limited.
 */
export default class TokenMiddleware {
  async handle({ auth, request, response }: HttpContext, next: NextFn) {
    const byCookie = adoptTokenCookie(request)
    if (byCookie && !SAFE_METHODS.includes(request.method()) && comesFromForeignPage(request)) {
      throw new ForeignOrigin()
    }
    if (!(await auth.checkUsing(['api']))) {
      throw new NotSignedIn()
    }
    const { currentAccessToken } = auth.use('api').getUserOrFail()
    writeAllowance(response, await quota.spend(String(currentAccessToken.identifier)))
    return next()
  }
}

/** Says what is left of the quota, in the headers of the IETF draft that clients know. */
function writeAllowance(response: HttpResponse, allowance: Allowance | null): void {
  if (allowance) {
    response.header('RateLimit-Limit', String(allowance.limit))
    response.header('RateLimit-Remaining', String(allowance.remaining))
    response.header('RateLimit-Reset', String(allowance.resetSeconds))
  }
}
