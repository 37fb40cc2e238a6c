import { UserNotFound } from '#core/access/errors'
import User from '#models/user'

export class FindUser {
  /** @throws UserNotFound */
  async handle(id: number): Promise<User> {
    const user = await User.find(id)
    if (!user) {
      throw new UserNotFound(id)
    }
    return user
  }
}
