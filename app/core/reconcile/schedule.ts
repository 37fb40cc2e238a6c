const MINUTE_MS = 60_000

/** How long the schedule leaves a source alone after so many failures in a row; the last one goes on. */
const DELAYS_MS = [1, 5, 30, 180].map((minutes) => minutes * MINUTE_MS)

/** Rights are not given within minutes. */
const PERMISSION_FACTOR = 4

/** So many refused logins in a row, and only a person asks again: more would lock the account at the source. */
const REFUSALS_UNTIL_SUSPENSION = 2

/** A run of a source that ended by itself. */
export interface EndedRun {
  readonly isFailed: boolean
  /** Kind of the error that made it fail. */
  readonly failureKind: string | null
  readonly endedAt: string
}

/** Whether the schedule may read a source. Only the schedule asks: what a person starts runs at once. */
export type Turn =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'failing'; readonly notBefore: string }
  | { readonly kind: 'suspended' }

/** Judges by the latest runs of a source, newest first, however they were started. */
export function judgeTurn(runs: readonly EndedRun[]): Turn {
  const firstGood = runs.findIndex((run) => !run.isFailed)
  const failures = firstGood === -1 ? runs : runs.slice(0, firstGood)
  const [last] = failures
  if (!last) {
    return { kind: 'healthy' }
  }
  const refusals = failures.slice(0, REFUSALS_UNTIL_SUSPENSION)
  if (refusals.length === REFUSALS_UNTIL_SUSPENSION && refusals.every((run) => run.failureKind === 'auth')) {
    return { kind: 'suspended' }
  }
  const delayMs = DELAYS_MS[Math.min(failures.length, DELAYS_MS.length) - 1]!
  const factor = last.failureKind === 'permission' ? PERMISSION_FACTOR : 1
  return { kind: 'failing', notBefore: new Date(Date.parse(last.endedAt) + delayMs * factor).toISOString() }
}

/** True when a turn that comes every so often is due. A last one in the future means that the clock was set back. */
export function isDue(lastAt: string | null, intervalMs: number, now: Date): boolean {
  const age = lastAt === null ? Infinity : now.getTime() - Date.parse(lastAt)
  return age < 0 || age >= intervalMs
}
