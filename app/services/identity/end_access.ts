import { SessionCollection } from '@adonisjs/session'
import { inject } from '@adonisjs/core'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AccessTokens } from './access_tokens.js'

/** Ends everything that was opened with an account's password: its tokens and its sessions of the console. */
@inject()
export class EndAccess {
  constructor(
    private tokens: AccessTokens,
    private sessions: SessionCollection
  ) {}

  /** Part of the transaction that locks the account's owner, or a thief, out. */
  async ofTokens(userId: number, trx: TransactionClientContract): Promise<void> {
    await this.tokens.deleteAllOf(userId, trx)
  }

  /** The sessions' store has a connection of its own: after the transaction. */
  async ofSessions(userId: number): Promise<void> {
    if (!this.sessions.supportsTagging()) {
      return
    }
    for (const session of await this.sessions.tagged(String(userId))) {
      await this.sessions.destroy(session.id)
    }
  }
}
