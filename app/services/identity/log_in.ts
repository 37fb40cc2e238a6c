import { errors } from '@adonisjs/auth'
import { inject } from '@adonisjs/core'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { InvalidCredentials } from '#core/access/errors'
import User from '#models/user'
import { recordAudit } from '#services/audit/record_audit'
import { shortTransaction } from '#services/sync/store/write_clock'
import { LoginThrottle } from './login_throttle.js'

export interface Credentials {
  readonly username: string
  readonly password: string
  /** Where the attempt comes from, for the throttle and the log. */
  readonly address: string
}

/**
 * Checks a username and a password, for the API and the console alike. What follows (a token or a session) is the
 * caller's.
 *
 * @throws InvalidCredentials, TooManyAttempts
 */
@inject()
export class LogIn {
  constructor(private throttle: LoginThrottle) {}

  async handle({ username, password, address }: Credentials): Promise<User> {
    const account = username.trim().toLowerCase().slice(0, 64)
    await this.throttle.attempt(account, address)

    const user = await this.#verify(account, password)
    if (!user?.isActive) {
      await recordFailure(account, address)
      throw new InvalidCredentials()
    }

    await shortTransaction(db.connection(), async (trx) => {
      await this.throttle.succeed(trx, account, address)
      await user.useTransaction(trx).merge({ lastLoginAt: DateTime.utc() }).save()
      const actor = { userId: user.id, name: user.username, address }
      await recordAudit(trx, { action: 'account.signed_in', actor })
    })
    logger.info({ userId: user.id, address }, 'signed in')
    return user
  }

  /** Takes as long for a name that nobody has: the framework then hashes the password all the same. */
  async #verify(account: string, password: string): Promise<User | null> {
    try {
      return await User.verifyCredentials(account, password)
    } catch (error) {
      if (error instanceof errors.E_INVALID_CREDENTIALS) {
        return null
      }
      throw error
    }
  }
}

/** A name that nobody has may be a password in the wrong field: it is not written down. */
async function recordFailure(account: string, address: string): Promise<void> {
  const user = await User.findBy('username', account)
  logger.warn({ userId: user?.id ?? null, address }, 'sign-in refused')
  await shortTransaction(db.connection(), (trx) => {
    const actor = { userId: user?.id ?? null, name: user?.username ?? 'nobody', address }
    return recordAudit(trx, { action: 'account.sign_in_failed', actor })
  })
}
