import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { clearTokenCookie } from '#middleware/token_cookie'
import { ChangePassword } from '#services/identity/change_password'
import { userShape } from '#transformers/user_transformer'
import { changePasswordValidator } from '#validators/user'

@inject()
export default class AccountController {
  constructor(private changePassword: ChangePassword) {}

  /** Who is signed in. */
  async show({ auth }: HttpContext) {
    return userShape.toJson(auth.getUserOrFail())
  }

  /** Changes the own password; every token and session of the account ends. */
  async updatePassword({ auth, request, response }: HttpContext) {
    const input = await changePasswordValidator.validate(request.body())

    await this.changePassword.handle(auth.getUserOrFail(), input.current_password, input.new_password)
    clearTokenCookie(response)
    return response.noContent()
  }
}
