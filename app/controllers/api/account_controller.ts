import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { clearTokenCookie } from '#middleware/token_cookie'
import { ChangePassword } from '#services/identity/change_password'
import { toActor } from '#transformers/actor'
import { userShape } from '#transformers/user_transformer'
import { changePasswordValidator } from '#validators/user'

export default class AccountController {
  /** Who is signed in. */
  async show({ auth }: HttpContext) {
    return userShape.toJson(auth.getUserOrFail())
  }

  /** Changes the own password; every token and session of the account ends. */
  @inject()
  async updatePassword(ctx: HttpContext, changePassword: ChangePassword) {
    const { auth, request, response } = ctx
    const input = await changePasswordValidator.validate(request.body())

    const user = auth.getUserOrFail()
    await changePassword.handle(user, input.current_password, input.new_password, toActor(ctx))
    clearTokenCookie(response)
    return response.noContent()
  }
}
