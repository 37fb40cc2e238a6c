import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { clearTokenCookie, writeTokenCookie } from '#middleware/token_cookie'
import { IssueToken } from '#services/identity/issue_token'
import { LogIn } from '#services/identity/log_in'
import { RevokeToken } from '#services/identity/revoke_token'
import { loginShape } from '#transformers/token_transformer'
import { loginValidator } from '#validators/session'

@inject()
export default class SessionController {
  constructor(
    private logIn: LogIn,
    private issueToken: IssueToken,
    private revokeToken: RevokeToken
  ) {}

  /** Signs in: the token comes in the body and as a cookie. */
  async store({ request, response }: HttpContext) {
    const credentials = await loginValidator.validate(request.body())

    const user = await this.logIn.handle({ ...credentials, address: request.ip() })
    const token = await this.issueToken.handle(user)
    writeTokenCookie(response, token.value!.release(), token.expiresAt!)
    return loginShape.toJson(token)
  }

  /** Signs out: the token in use ends. */
  async destroy({ auth, response }: HttpContext) {
    const user = auth.getUserOrFail()

    await this.revokeToken.handle(user, Number(user.currentAccessToken?.identifier))
    clearTokenCookie(response)
    return response.noContent()
  }
}
