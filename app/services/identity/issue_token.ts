import { type AccessToken } from '@adonisjs/auth/access_tokens'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { RankExceeded } from '#core/access/errors'
import { type Permission } from '#core/access/permissions'
import { type Actor } from '#core/assets/asset'
import type User from '#models/user'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { AccessTokens } from './access_tokens.js'

/** How long a sign-in lasts. */
const LOGIN_HOURS = 12

export interface PersonalToken {
  readonly name: string
  /** Names of permissions; absent means all that the owner may. */
  readonly abilities?: readonly (Permission | '*')[]
  readonly expiresAt?: Date | null
}

/** Makes access tokens. A token made with a token never gets an ability that the first one lacks. */
@inject()
export class IssueToken {
  constructor(private tokens: AccessTokens) {}

  /** The token of a sign-in. */
  handle(user: User): Promise<AccessToken> {
    return this.tokens.create(user.id, {
      kind: 'login',
      name: null,
      abilities: ['*'],
      expiresAt: DateTime.utc().plus({ hours: LOGIN_HOURS }).toJSDate(),
    })
  }

  /** @throws RankExceeded */
  async personal(user: User, token: PersonalToken, actor: Actor): Promise<AccessToken> {
    const abilities = token.abilities ?? ['*']
    const missing = abilities.find((ability) => user.currentAccessToken?.denies(ability))
    if (missing !== undefined) {
      throw new RankExceeded(`The token in use does not have the ability ${missing}`)
    }
    const { name, expiresAt = null } = token
    return shortTransaction(db.connection(), async (trx) => {
      const made = await this.tokens.create(user.id, { kind: 'personal', name, abilities, expiresAt }, trx)
      const detail = { user_id: user.id, name, abilities, expires_at: expiresAt?.toISOString() ?? null }
      await recordAudit(trx, { action: 'token.created', actor, target: `token ${made.identifier}`, detail })
      return made
    })
  }
}
