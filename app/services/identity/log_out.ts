import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { type Actor } from '#core/assets/asset'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { AccessTokens } from './access_tokens.js'

/** Ends what a person signed in with. The session of the console, which lives in the request, is the caller's. */
@inject()
export class LogOut {
  constructor(private tokens: AccessTokens) {}

  /** `tokenId` is null for a session. */
  async handle(actor: Actor & { readonly userId: number }, tokenId: number | null): Promise<void> {
    await shortTransaction(db.connection(), async (trx) => {
      if (tokenId !== null) {
        await this.tokens.delete(actor.userId, tokenId, trx)
      }
      await recordAudit(trx, { action: 'account.signed_out', actor })
    })
  }
}
