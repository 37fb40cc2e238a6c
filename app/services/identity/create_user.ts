import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { RefusedPassword } from '#core/access/errors'
import { findPasswordFault } from '#core/access/password'
import { type Role } from '#core/access/role'
import { assertMayGrant, type Editor } from '#core/access/user_edit'
import User from '#models/user'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
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
  async handle(input: NewUser, actor: Editor): Promise<User> {
    assertMayGrant(actor, input.role)
    const username = input.username.trim().toLowerCase()
    const fault = findPasswordFault(input.password, 'password', { username, production: app.inProduction })
    if (fault) {
      throw new RefusedPassword(fault)
    }

    const user = await shortTransaction(db.connection(), async (trx) => {
      const made = new User().useTransaction(trx).fill({
        username,
        email: input.email.trim().toLowerCase(),
        password: input.password,
        role: input.role,
        isActive: true,
        lastLoginAt: null,
      })
      const { id } = await saveUser(made)
      await recordAudit(trx, {
        action: 'user.created',
        actor,
        target: `user ${id}`,
        detail: { username, role: input.role },
      })
      return made
    })
    logger.info({ userId: user.id, role: user.role, by: actor.userId }, 'user created')
    return user
  }
}
