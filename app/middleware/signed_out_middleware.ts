import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'

/** The page for signing in is of no use to somebody who is signed in. */
export default class SignedOutMiddleware {
  async handle({ auth, response }: HttpContext, next: NextFn) {
    return (await auth.checkUsing(['web'])) ? response.redirect().status(303).toPath('/') : next()
  }
}
