import { type Role } from '#core/access/role'
import { UserFactory } from '#database/factories/user_factory'
import type User from '#models/user'
import { AccessTokens } from '#services/identity/access_tokens'

export interface SignedIn {
  readonly user: User
  /** For `bearerToken()`. */
  readonly token: string
}

/** A new user of the role, with a token of a sign-in. */
export async function asUser(role: Role): Promise<SignedIn> {
  const user = await UserFactory.merge({ role }).create()
  return { user, token: await tokenOf(user) }
}

/** A token of a sign-in, or one with these abilities only. */
export async function tokenOf(user: User, abilities: string[] = ['*']): Promise<string> {
  const token = await new AccessTokens().create(user.id, {
    kind: 'login',
    name: null,
    abilities,
    expiresAt: new Date(Date.now() + 3_600_000),
  })
  return token.value!.release()
}
