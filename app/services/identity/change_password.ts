import { inject } from '@adonisjs/core'
import { RefusedPassword } from '#core/access/errors'
import type User from '#models/user'
import { loginThrottle } from './login_throttle.js'
import { UpdateUser } from './update_user.js'

/**
 * A person's change of the own password. It ends every token and session of the account, the one in use included. A
 * stolen token must not serve to guess the password, so attempts count as those to sign in do.
 *
 * @throws RefusedPassword, TooManyAttempts
 */
@inject()
export class ChangePassword {
  constructor(private updateUser: UpdateUser) {}

  async handle(user: User, currentPassword: string, newPassword: string): Promise<void> {
    const place = `account ${user.id}`
    loginThrottle.attempt(user.username, place, Date.now())
    if (!(await user.verifyPassword(currentPassword))) {
      throw new RefusedPassword({
        field: 'current_password',
        message: 'The current password is wrong',
        rule: 'currentPassword',
      })
    }
    loginThrottle.succeed(user.username, place, Date.now())
    await this.updateUser.handle(user.id, { password: newPassword }, user)
  }
}
