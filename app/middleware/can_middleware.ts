import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { PermissionDenied } from '#core/access/errors'
import { isAllowed, isGranted, type Permission } from '#core/access/permissions'

/** Lets a request pass if its user's role, and the token in use, grant the permission named on the route. */
export default class CanMiddleware {
  async handle({ auth, logger }: HttpContext, next: NextFn, permission: Permission) {
    const user = auth.getUserOrFail()
    const abilities = user.currentAccessToken?.abilities ?? ['*']
    if (!isGranted(user.role, permission) || !isAllowed(abilities, permission)) {
      logger.warn({ userId: user.id, permission }, 'permission denied')
      throw new PermissionDenied(permission)
    }
    return next()
  }
}
