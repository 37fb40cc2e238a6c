import { inject } from '@adonisjs/core'
import { RefusedPassword } from '#core/access/errors'
import type User from '#models/user'
import { UpdateUser } from './update_user.js'

/**
 * A person's change of the own password. It ends every token and session of the account, the one in use included.
 *
 * @throws RefusedPassword
 */
@inject()
export class ChangePassword {
  constructor(private updateUser: UpdateUser) {}

  async handle(user: User, currentPassword: string, newPassword: string): Promise<void> {
    if (!(await user.verifyPassword(currentPassword))) {
      throw new RefusedPassword({
        field: 'current_password',
        message: 'The current password is wrong',
        rule: 'currentPassword',
      })
    }
    await this.updateUser.handle(user.id, { password: newPassword }, user)
  }
}
