import { setTimeout as sleep } from 'node:timers/promises'

/** A write takes a few milliseconds, unless SQLite has another writer: then it may be many seconds. */
const PATIENCE_MS = 250

/**
 * Waits for a write that a request makes by the way, but not for long: nobody who only reads should wait for whoever
 * writes. It goes on by itself; `note` must not reject.
 */
export async function inPassing(note: Promise<unknown>): Promise<void> {
  const isDone = new AbortController()
  const patience = sleep(PATIENCE_MS, undefined, { signal: isDone.signal }).catch(() => undefined)
  await Promise.race([note, patience])
  isDone.abort()
}
