import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { TokenNotFound } from '#core/access/errors'
import { type Actor } from '#core/assets/asset'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { AccessTokens } from './access_tokens.js'

/** Ends one token of its owner, at once. */
@inject()
export class RevokeToken {
  constructor(private tokens: AccessTokens) {}

  /** @throws TokenNotFound, also for the token of somebody else */
  async handle(ownerId: number, tokenId: number, actor: Actor): Promise<void> {
    await shortTransaction(db.connection(), async (trx) => {
      if (!(await this.tokens.delete(ownerId, tokenId, trx))) {
        throw new TokenNotFound(tokenId)
      }
      await recordAudit(trx, {
        action: 'token.revoked',
        actor,
        target: `token ${tokenId}`,
        detail: { user_id: ownerId },
      })
    })
    logger.info({ userId: ownerId, tokenId }, 'token revoked')
  }
}
