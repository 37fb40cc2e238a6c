import { inject } from '@adonisjs/core'
import { type HttpContext } from '@adonisjs/core/http'
import { CreateUser } from '#services/identity/create_user'
import { FindUser } from '#services/identity/find_user'
import { ListUsers } from '#services/identity/list_users'
import { UpdateUser } from '#services/identity/update_user'
import { toActor } from '#transformers/actor'
import { decodeIdCursor, encodeIdCursor } from '#transformers/id_cursor'
import { writePageHeaders } from '#transformers/page_headers'
import { userShape } from '#transformers/user_transformer'
import { DEFAULT_LIMIT, pageValidator } from '#validators/paging'
import { createUserValidator, updateUserValidator } from '#validators/user'

@inject()
export default class UsersController {
  constructor(
    private listUsers: ListUsers,
    private findUser: FindUser,
    private createUser: CreateUser,
    private updateUser: UpdateUser
  ) {}

  /** Every account, oldest first. */
  async index(ctx: HttpContext) {
    const { limit = DEFAULT_LIMIT, cursor } = await pageValidator.validate(ctx.request.qs())

    const page = await this.listUsers.handle({ limit, afterId: decodeIdCursor('users', cursor) })
    writePageHeaders(ctx, {
      nextCursor: page.nextAfterId === null ? null : encodeIdCursor('users', page.nextAfterId),
      total: { count: page.total, exact: true },
    })
    return page.users.map(userShape.toJson)
  }

  /** One account. */
  async show({ params }: HttpContext) {
    return userShape.toJson(await this.findUser.handle(params.id))
  }

  /** Adds an account. */
  async store(ctx: HttpContext) {
    const { request, response } = ctx
    const input = await createUserValidator.validate(request.body())

    const user = await this.createUser.handle(input, toActor(ctx))
    response.status(201).header('Location', `/api/users/${user.id}`)
    return userShape.toJson(user)
  }

  /** Changes an account; a new role or switching off counts from the next request. */
  async update(ctx: HttpContext) {
    const { params, request } = ctx
    const { is_active: isActive, ...rest } = await updateUserValidator.validate(request.body())

    const user = await this.updateUser.handle(params.id, { ...rest, isActive }, toActor(ctx))
    return userShape.toJson(user)
  }
}
