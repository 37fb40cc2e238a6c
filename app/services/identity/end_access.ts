import { SessionCollection } from '@adonisjs/session'
import { inject } from '@adonisjs/core'
import { AccessTokens } from './access_tokens.js'

/** Ends everything that was opened with an account's password: its tokens and its sessions of the console. */
@inject()
export class EndAccess {
  constructor(
    private tokens: AccessTokens,
    private sessions: SessionCollection
  ) {}

  async handle(userId: number): Promise<void> {
    await this.tokens.deleteAllOf(userId)
    if (!this.sessions.supportsTagging()) {
      return
    }
    for (const session of await this.sessions.tagged(String(userId))) {
      await this.sessions.destroy(session.id)
    }
  }
}
