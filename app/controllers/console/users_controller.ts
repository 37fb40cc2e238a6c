import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { CreateUser } from '#services/identity/create_user'
import { FindUser } from '#services/identity/find_user'
import { ListUsers } from '#services/identity/list_users'
import { UpdateUser } from '#services/identity/update_user'
import { toActor } from '#transformers/actor'
import { readPosition } from '#transformers/console/list_position'
import { flashNotice } from '#transformers/console/notice'
import { grantableRoles, toUserList, toUserRow } from '#transformers/console/user_list'
import { createUserValidator, editUserValidator } from '#validators/console_user'

@inject()
export default class UsersController {
  constructor(
    private listUsers: ListUsers,
    private findUser: FindUser,
    private createUser: CreateUser,
    private updateUser: UpdateUser
  ) {}

  /** Every account. */
  async index({ request, view }: HttpContext) {
    const afterId = readPosition(request.qs().after)

    const page = await this.listUsers.handle({ limit: 100, afterId })
    return view.render('pages/users/index', { list: toUserList(page, afterId) })
  }

  /** The form for a new account. */
  async create({ auth, view }: HttpContext) {
    return view.render('pages/users/create', { roles: grantableRoles(auth.getUserOrFail().role) })
  }

  /** Adds an account. */
  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const input = await createUserValidator.validate(request.except(['_csrf']))

    const user = await this.createUser.handle(input, toActor(ctx))
    flashNotice(session, { text: `${user.username} can sign in as ${user.role}.` })
    return response.redirect().status(303).toPath('/users')
  }

  /** The form of an account. */
  async edit({ auth, params, view }: HttpContext) {
    const user = await this.findUser.handle(params.id)
    return view.render('pages/users/edit', {
      user: toUserRow(user),
      roles: grantableRoles(auth.getUserOrFail().role),
    })
  }

  /** Changes an account. */
  async update(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { is_active: isActive, password, ...rest } = await editUserValidator.validate(request.except(['_csrf']))

    const patch = { ...rest, isActive: isActive === 'true', ...(password && { password }) }
    const user = await this.updateUser.handle(params.id, patch, toActor(ctx))
    flashNotice(session, { text: `${user.username} is saved.` })
    return response.redirect().status(303).toPath('/users')
  }
}
