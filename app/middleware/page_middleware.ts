import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { isGranted, type Permission } from '#core/access/permissions'
import { ListReviews } from '#services/reviews/list_reviews'
import { toNavigation } from './navigation.js'
import { readThemeCookie } from './theme_cookie.js'

/**
 * Gives every page of the console what its frame needs. A request with `X-Fragment` gets the page without its frame;
 * browsers must not mix the two up, nor show a page of a session that has ended.
 */
@inject()
export default class PageMiddleware {
  constructor(private listReviews: ListReviews) {}

  async handle({ auth, request, response, view }: HttpContext, next: NextFn) {
    const role = auth.use('web').user?.role
    const can = (permission: Permission) => role !== undefined && isGranted(role, permission)

    const isFragment = request.header('x-fragment') !== undefined
    const openReviews = isFragment || !can('asset.read') ? 0 : await this.listReviews.count()

    response.header('Cache-Control', 'private, no-cache')
    response.vary('X-Fragment')
    view.share({
      page: {
        can,
        me: auth.use('web').user,
        theme: readThemeCookie(request),
        isFragment,
        navigation: toNavigation(request.url(), can, { openReviews }),
      },
    })
    return next()
  }
}
