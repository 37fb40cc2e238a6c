import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import type User from '#models/user'
import { adoptTokenCookie, clearTokenCookie } from '#middleware/token_cookie'
import { LogOut } from '#services/identity/log_out'

@inject()
export default class LogoutController {
  constructor(private logOut: LogOut) {}

  /** The address of LAIM 1.0: ends the session of the console and the token, whichever there is. */
  async show({ auth, request, response }: HttpContext) {
    adoptTokenCookie(request)
    for (const guard of ['api', 'web'] as const) {
      if (await auth.use(guard).check()) {
        const user: User = auth.use(guard).getUserOrFail()
        const actor = { userId: user.id, name: user.username, address: request.ip() }
        await this.logOut.handle(actor, guard === 'api' ? Number(user.currentAccessToken?.identifier) : null)
      }
    }
    clearTokenCookie(response)
    await auth.use('web').logout()
    return response.redirect().status(303).toPath('/login')
  }
}
