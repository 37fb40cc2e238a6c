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

  constructor(private tokens: AccessTokens) {}

  async createUserForGuard(user: User): Promise<AccessTokensGuardUser<User>> {
    return toGuardUser(user)
  }

  async findById(id: number): Promise<AccessTokensGuardUser<User> | null> {
    const user = await User.query().where('id', id).where('is_active', true).first()
    return user && toGuardUser(user)
  }

  verifyToken(value: Secret<string>): Promise<AccessToken | null> {
    return this.tokens.verify(value)
  }

  createToken(user: User, abilities: string[] = ['*']): Promise<AccessToken> {
    return this.tokens.create(user.id, { kind: 'login', name: null, abilities, expiresAt: null })
  }

  async invalidateToken(value: Secret<string>): Promise<boolean> {
    const token = await this.tokens.verify(value)
    return token !== null && this.tokens.delete(Number(token.tokenableId), Number(token.identifier))
  }
}
