import { symbols } from '@adonisjs/auth'
import { type SessionGuardUser, type SessionUserProviderContract } from '@adonisjs/auth/types/session'
import User from '#models/user'
import { toGuardUser } from './guard_user.js'

/** What the session guard of the console asks: only users who are active. */
export class SessionUserProvider implements SessionUserProviderContract<User> {
  declare [symbols.PROVIDER_REAL_USER]: User

  async createUserForGuard(user: User): Promise<SessionGuardUser<User>> {
    return toGuardUser(user)
  }

  async findById(id: number): Promise<SessionGuardUser<User> | null> {
    const user = await User.query().where('id', id).where('is_active', true).first()
    return user && toGuardUser(user)
  }
}
