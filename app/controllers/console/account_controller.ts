import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { ChangePassword } from '#services/identity/change_password'
import { toActor } from '#transformers/actor'
import { flashNotice } from '#transformers/console/notice'
import { changePasswordValidator } from '#validators/user'

@inject()
export default class AccountController {
  constructor(private changePassword: ChangePassword) {}

  /** One's own account. */
  async show({ view }: HttpContext) {
    return view.render('pages/account/show')
  }

  /** Changes the own password, which ends every session: one signs in again with the new one. */
  async update(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const input = await changePasswordValidator.validate(request.only(['current_password', 'new_password']))

    const user = auth.getUserOrFail()
    await this.changePassword.handle(user, input.current_password, input.new_password, toActor(ctx))
    await auth.use('web').logout()
    flashNotice(session, { text: 'The password is changed. Sign in with the new one.' })
    return response.redirect().status(303).toPath('/login')
  }
}
