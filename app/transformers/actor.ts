import { type HttpContext } from '@adonisjs/core/http'
import { type Actor } from '#core/assets/asset'

/** The person who sent the request, as change sets record people. */
export function toActor({ auth }: Pick<HttpContext, 'auth'>): Actor {
  const user = auth.getUserOrFail()
  return { userId: user.id, name: user.username }
}
