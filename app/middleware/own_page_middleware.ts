import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { ForeignOrigin } from '#core/access/errors'
import { comesFromForeignPage } from './foreign_page.js'

/** Refuses what a page of another site makes a browser send: it could sign somebody in to a stranger's account. */
export default class OwnPageMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    if (comesFromForeignPage(request)) {
      throw new ForeignOrigin()
    }
    return next()
  }
}
