import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { clearTokenCookie, writeTokenCookie } from '#middleware/token_cookie'
import { IssueToken } from '#services/identity/issue_token'
import { LogIn } from '#services/identity/log_in'
import { LogOut } from '#services/identity/log_out'
import { toActor } from '#transformers/actor'
import { loginShape } from '#transformers/token_transformer'
import { loginValidator } from '#validators/session'

@inject()
export default class SessionController {
  constructor(
    private logIn: LogIn,
    private issueToken: IssueToken,
    private logOut: LogOut
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
  async destroy(ctx: HttpContext) {
    const { auth, response } = ctx

    await this.logOut.handle(toActor(ctx), Number(auth.getUserOrFail().currentAccessToken?.identifier))
    clearTokenCookie(response)
    return response.noContent()
  }
}
