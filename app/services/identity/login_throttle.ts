import db from '@adonisjs/lucid/services/db'
import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TooManyAttempts } from '#core/access/errors'
import { shortTransaction } from '#services/sync/store/write_clock'
import { count, forget, forgetEnded, isOpen, uncount } from './rate_counters.js'

const MINUTE_MS = 60_000
const WINDOW_MS = 15 * MINUTE_MS

/** Windows that ended are kept a little: nobody waits for their removal. */
const KEPT_MS = 60 * MINUTE_MS

/** How long it is remembered where a person signed in. */
const HOME_MS = 90 * 24 * 60 * MINUTE_MS

/** Failed attempts per window. Many addresses may try one account, and one address may try many accounts. */
const LIMITS = { pair: 10, address: 50, account: 100 } as const

/**
 * Counts failed attempts to sign in, in the database: all web processes share the counts. An address that once signed in
 * to an account is exempt from that account's own limit, so that strangers cannot lock a person out of the desk they
 * always work at.
 */
export class LoginThrottle {
  /**
   * An attempt counts before its password is checked, or a thousand at once would all pass; one that is refused does not
   * count.
   *
   * @throws TooManyAttempts with the seconds to wait
   */
  async attempt(account: string, address: string, now: Date = new Date()): Promise<void> {
    await shortTransaction(db.connection(), async (trx) => {
      for (const [name, limit] of await limitsOf(trx, account, address, now)) {
        const counter = await count(trx, name, 1, now, new Date(now.getTime() + WINDOW_MS))
        if (counter.count > limit) {
          throw new TooManyAttempts(Math.max(1, Math.ceil((counter.endsAt.getTime() - now.getTime()) / 1000)))
        }
      }
      await forgetEnded(trx, new Date(now.getTime() - KEPT_MS))
    })
  }

  /** Takes the attempt back, as part of what its right password opened. */
  async succeed(
    trx: TransactionClientContract,
    account: string,
    address: string,
    now: Date = new Date()
  ): Promise<void> {
    for (const [name] of await limitsOf(trx, account, address, now)) {
      await uncount(trx, name)
    }
    await forget(trx, pairOf(account, address))
    await forget(trx, homeOf(account, address))
    await count(trx, homeOf(account, address), 1, now, new Date(now.getTime() + HOME_MS))
  }
}

/** In an order that all attempts keep: then none waits for another that waits for it. */
async function limitsOf(
  trx: TransactionClientContract,
  account: string,
  address: string,
  now: Date
): Promise<[name: string, limit: number][]> {
  const isHome = await isOpen(trx, homeOf(account, address), now)
  return [
    [pairOf(account, address), LIMITS.pair],
    [`address ${address}`, LIMITS.address],
    ...(isHome ? [] : [[`account ${account}`, LIMITS.account] as [string, number]]),
  ]
}

function pairOf(account: string, address: string): string {
  return `pair ${address} ${account}`
}

function homeOf(account: string, address: string): string {
  return `home ${address} ${account}`
}
