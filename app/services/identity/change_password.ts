import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { RefusedPassword } from '#core/access/errors'
import { type Editor } from '#core/access/user_edit'
import type User from '#models/user'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { LoginThrottle } from './login_throttle.js'
import { UpdateUser } from './update_user.js'

/**
 * A person's change of the own password. It ends every token and session of the account, the one in use included. A
 * stolen token must not serve to guess the password, so attempts count as those to sign in do.
 *
 * @throws RefusedPassword, TooManyAttempts
 */
@inject()
export class ChangePassword {
  constructor(
    private updateUser: UpdateUser,
    private throttle: LoginThrottle
  ) {}

  async handle(user: User, currentPassword: string, newPassword: string, actor: Editor): Promise<void> {
    const place = `account ${user.id}`
    await this.throttle.attempt(user.username, place)
    if (!(await user.verifyPassword(currentPassword))) {
      await shortTransaction(db.connection(), (trx) => recordAudit(trx, { action: 'account.password_refused', actor }))
      throw new RefusedPassword({
        field: 'current_password',
        message: 'The current password is wrong',
        rule: 'currentPassword',
      })
    }
    await shortTransaction(db.connection(), (trx) => this.throttle.succeed(trx, user.username, place))
    await this.updateUser.handle(user.id, { password: newPassword }, actor)
  }
}
