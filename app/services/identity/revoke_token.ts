import { inject } from '@adonisjs/core'
import logger from '@adonisjs/core/services/logger'
import { TokenNotFound } from '#core/access/errors'
import type User from '#models/user'
import { AccessTokens } from './access_tokens.js'

/** Ends one token of its owner, at once. */
@inject()
export class RevokeToken {
  constructor(private tokens: AccessTokens) {}

  /** @throws TokenNotFound, also for the token of somebody else */
  async handle(user: User, tokenId: number): Promise<void> {
    if (!(await this.tokens.delete(user.id, tokenId))) {
      throw new TokenNotFound(tokenId)
    }
    logger.info({ userId: user.id, tokenId }, 'token revoked')
  }
}
