import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { adoptTokenCookie, clearTokenCookie } from '#middleware/token_cookie'
import { AccessTokens } from '#services/identity/access_tokens'

@inject()
export default class LogoutController {
  constructor(private tokens: AccessTokens) {}

  /** The address of LAIM 1.0: ends the session of the console and the token, whichever there is. */
  async show({ auth, request, response }: HttpContext) {
    adoptTokenCookie(request)
    if (await auth.use('api').check()) {
      const user = auth.use('api').getUserOrFail()
      await this.tokens.delete(user.id, Number(user.currentAccessToken.identifier))
    }
    clearTokenCookie(response)
    await auth.use('web').logout()
    return response.redirect().status(303).toPath('/login')
  }
}
