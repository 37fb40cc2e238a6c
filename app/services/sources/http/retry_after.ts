const DAY_MS = 86_400_000

/** What a Retry-After header asks for. `unreadable` also covers more than a day, which no run waits for. */
export type RetryAfter = { kind: 'none' } | { kind: 'wait'; ms: number } | { kind: 'unreadable'; value: string }

/** Reads seconds or an HTTP date (RFC 9110 §10.2.3). A date in the past means "now". */
export function parseRetryAfter(header: string | undefined, now: Date): RetryAfter {
  const value = header?.trim()
  if (!value) {
    return { kind: 'none' }
  }

  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime()
  if (!Number.isFinite(ms) || ms > DAY_MS || (!/^\d+$/.test(value) && !/[a-z]{3}/i.test(value))) {
    return { kind: 'unreadable', value: value.replace(/[^\x20-\x7e]/g, '').slice(0, 40) }
  }
  return { kind: 'wait', ms: Math.max(0, ms) }
}
