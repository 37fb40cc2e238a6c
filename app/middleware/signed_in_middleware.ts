import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'

/** Lets people in who have a session; others sign in first and then come back to the page they wanted. */
export default class SignedInMiddleware {
  async handle({ auth, request, response, session }: HttpContext, next: NextFn) {
    if (await auth.checkUsing(['web'])) {
      return next()
    }
    if (request.method() === 'GET') {
      session.put('wanted', request.url(true))
    }
    return response.redirect().status(303).toPath('/login')
  }
}
