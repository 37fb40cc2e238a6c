import { UserNotFound } from '#core/access/errors'
import User from '#models/user'

export class FindUser {
  /** @throws UserNotFound */
  async handle(id: number): Promise<User> {
    return foundOr(await User.find(id), id)
  }

  /** @throws UserNotFound */
  async byUsername(username: string): Promise<User> {
    return foundOr(await User.findBy('username', username.trim().toLowerCase()), username)
  }
}

function foundOr(user: User | null, asked: number | string): User {
  if (!user) {
    throw new UserNotFound(asked)
  }
  return user
}
