import { type HttpContext } from '@adonisjs/core/http'
import { type Editor } from '#core/access/user_edit'

/** The person who sent the request, as change sets and the audit record people. */
export function toActor({
  auth,
  request,
}: Pick<HttpContext, 'auth' | 'request'>): Editor & { readonly userId: number } {
  const user = auth.getUserOrFail()
  return { userId: user.id, name: user.username, address: request.ip(), role: user.role }
}
