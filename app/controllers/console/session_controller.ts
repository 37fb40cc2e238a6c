import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { LogIn } from '#services/identity/log_in'
import { LogOut } from '#services/identity/log_out'
import { toActor } from '#transformers/actor'
import { loginValidator } from '#validators/session'

@inject()
export default class SessionController {
  constructor(
    private logIn: LogIn,
    private logOut: LogOut
  ) {}

  /** The form for signing in. */
  async create({ view }: HttpContext) {
    return view.render('pages/session/create')
  }

  /** Signs in and goes on to the page that was wanted. */
  async store({ auth, request, response, session }: HttpContext) {
    const credentials = await loginValidator.validate(request.only(['username', 'password']))

    const user = await this.logIn.handle({ ...credentials, address: request.ip() })
    const wanted: string = session.pull('wanted', '/')
    await auth.use('web').login(user)
    await session.tag(String(user.id))
    return response.redirect().status(303).toPath(wanted)
  }

  /** Signs out. */
  async destroy(ctx: HttpContext) {
    const { auth, response } = ctx
    await this.logOut.handle(toActor(ctx), null)
    await auth.use('web').logout()
    return response.redirect().status(303).toPath('/login')
  }
}
