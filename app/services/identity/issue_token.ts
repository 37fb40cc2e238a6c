import { type AccessToken } from '@adonisjs/auth/access_tokens'
import { inject } from '@adonisjs/core'
import { DateTime } from 'luxon'
import { RankExceeded } from '#core/access/errors'
import { type Permission } from '#core/access/permissions'
import type User from '#models/user'
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
  async personal(user: User, token: PersonalToken): Promise<AccessToken> {
    const abilities = token.abilities ?? ['*']
    const missing = abilities.find((ability) => user.currentAccessToken?.denies(ability))
    if (missing !== undefined) {
      throw new RankExceeded(`The token in use does not have the ability ${missing}`)
    }
    return this.tokens.create(user.id, {
      kind: 'personal',
      name: token.name,
      abilities,
      expiresAt: token.expiresAt ?? null,
    })
  }
}
