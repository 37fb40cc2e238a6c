import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { RefusedPassword } from '#core/access/errors'
import { findPasswordFault } from '#core/access/password'
import { type Role } from '#core/access/role'
import { assertMayGrant, type Ranked } from '#core/access/user_edit'
import User from '#models/user'
import { saveUser } from './save_user.js'

export interface NewUser {
  readonly username: string
  readonly email: string
  readonly password: string
  readonly role: Role
}

/**
 * Adds a user.
 *
 * @throws RefusedPassword, UserTaken, RankExceeded
 */
export class CreateUser {
  /** A null actor is the command line. */
  async handle(input: NewUser, actor: Ranked | null): Promise<User> {
    assertMayGrant(actor, input.role)
    const username = input.username.trim().toLowerCase()
    const fault = findPasswordFault(input.password, 'password', { username, production: app.inProduction })
    if (fault) {
      throw new RefusedPassword(fault)
    }

    const user = await saveUser(
      new User().fill({
        username,
        email: input.email.trim().toLowerCase(),
        password: input.password,
        role: input.role,
        isActive: true,
        lastLoginAt: null,
      })
    )
    logger.info({ userId: user.id, role: user.role, by: actor?.id ?? null }, 'user created')
    return user
  }
}
