import { symbols } from '@adonisjs/auth'
import { type AccessToken } from '@adonisjs/auth/access_tokens'
import { type AccessTokensGuardUser, type AccessTokensUserProviderContract } from '@adonisjs/auth/types/access_tokens'
import { type Secret } from '@adonisjs/core/helpers'
import User from '#models/user'
import { type AccessTokens } from './access_tokens.js'
import { toGuardUser } from './guard_user.js'

/** What the token guard asks: our own store of tokens, and only users who are active. */
export class TokenUserProvider implements AccessTokensUserProviderContract<User> {
  declare [symbols.PROVIDER_REAL_USER]: User

  /**
   * Users that came with their tokens: the guard asks for each as soon as its token is verified. Where two requests of a
   * user meet, the second finds none and is asked for again.
   */
  #users = new Map<number, User>()

  constructor(private tokens: AccessTokens) {}

  async createUserForGuard(user: User): Promise<AccessTokensGuardUser<User>> {
    return toGuardUser(user)
  }

  async findById(id: number): Promise<AccessTokensGuardUser<User> | null> {
    const known = this.#users.get(id)
    this.#users.delete(id)
    const user = known ?? (await User.find(id))
    return user?.isActive ? toGuardUser(user) : null
  }

  async verifyToken(value: Secret<string>): Promise<AccessToken | null> {
    const verified = await this.tokens.verifyWithUser(value)
    if (!verified) {
      return null
    }
    this.#users.set(verified.user.id, verified.user)
    return verified.token
  }

  createToken(user: User, abilities: string[] = ['*']): Promise<AccessToken> {
    return this.tokens.create(user.id, { kind: 'login', name: null, abilities, expiresAt: null })
  }

  async invalidateToken(value: Secret<string>): Promise<boolean> {
    const token = await this.tokens.verify(value)
    return token !== null && this.tokens.delete(Number(token.tokenableId), Number(token.identifier))
  }
}
