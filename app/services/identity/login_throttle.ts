import { TooManyAttempts } from '#core/access/errors'

const WINDOW_MS = 15 * 60_000

/** Failed attempts per window. Many addresses may try one account, and one address may try many accounts. */
const LIMITS = { pair: 10, address: 50, account: 100 } as const

/** Beyond this many keys the oldest are forgotten: a flood of made-up names must not fill the memory. */
const MAX_KEYS = 20_000

interface Window {
  count: number
  readonly endsAt: number
}

/**
 * Counts failed attempts to sign in, in this process. An address that once signed in to an account is exempt from that
 * account's own limit, so that strangers cannot lock a person out of the desk they always work at.
 *
 * An attempt counts before the password is checked, or a thousand at once would all pass.
 */
export class LoginThrottle {
  #windows = new Map<string, Window>()
  #homes = new Set<string>()

  /** @throws TooManyAttempts with the seconds to wait */
  attempt(account: string, address: string, now: number): void {
    const keys = this.#keysOf(account, address)
    for (const [key, limit] of keys) {
      const window = this.#windowOf(key, now)
      if (window.count >= limit) {
        throw new TooManyAttempts(Math.max(1, Math.ceil((window.endsAt - now) / 1000)))
      }
    }
    for (const [key] of keys) {
      this.#windowOf(key, now).count++
    }
  }

  /** Takes the attempt back: its password was right. */
  succeed(account: string, address: string, now: number): void {
    for (const [key] of this.#keysOf(account, address)) {
      const window = this.#windowOf(key, now)
      window.count = Math.max(0, window.count - 1)
    }
    const home = pairOf(account, address)
    this.#windows.delete(home)
    this.#homes.delete(home)
    this.#homes.add(home)
    forgetOldest(this.#homes)
  }

  /** Forgets everything. */
  clear(): void {
    this.#windows.clear()
    this.#homes.clear()
  }

  #keysOf(account: string, address: string): [key: string, limit: number][] {
    const pair = pairOf(account, address)
    const keys: [string, number][] = [
      [pair, LIMITS.pair],
      [`address ${address}`, LIMITS.address],
    ]
    if (!this.#homes.has(pair)) {
      keys.push([`account ${account}`, LIMITS.account])
    }
    return keys
  }

  #windowOf(key: string, now: number): Window {
    const known = this.#windows.get(key)
    if (known && known.endsAt > now) {
      return known
    }
    const fresh = { count: 0, endsAt: now + WINDOW_MS }
    this.#windows.delete(key)
    this.#windows.set(key, fresh)
    forgetOldest(this.#windows)
    return fresh
  }
}

function pairOf(account: string, address: string): string {
  return `pair ${account} ${address}`
}

function forgetOldest(keys: Map<string, unknown> | Set<string>): void {
  if (keys.size > MAX_KEYS) {
    keys.delete(keys.keys().next().value as string)
  }
}

/** The one counter of this process. */
export const loginThrottle = new LoginThrottle()
