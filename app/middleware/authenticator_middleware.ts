// The package's types add `auth` to the request's context.
import type {} from '@adonisjs/auth/initialize_auth_middleware'
import auth from '@adonisjs/auth/services/main'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'

/**
 * Gives every request its authenticator. The one of the package hands it to the templates too, which makes each request
 * of the API pay for a renderer of pages.
 */
export default class AuthenticatorMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.auth = auth.createAuthenticator(ctx)
    return next()
  }
}
