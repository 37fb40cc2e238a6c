/** Each unit with its length in seconds, and how many of it are one of the next. */
const UNITS = [
  ['minute', 60, 60],
  ['hour', 3_600, 24],
  ['day', 86_400, 30],
  ['month', 30 * 86_400, 12],
] as const

const YEAR = ['year', 365 * 86_400] as const

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const JUST_NOW_S = 45

/** A moment as people say it: `just now`, `3 hours ago`, `yesterday`, `in 2 hours`. `at` is ISO 8601. */
export function toRelativeTime(at: string, now: Date): string {
  const seconds = (Date.parse(at) - now.getTime()) / 1000
  if (Math.abs(seconds) < JUST_NOW_S) {
    return 'just now'
  }
  const [unit, length] = UNITS.find(([, one, most]) => Math.round(Math.abs(seconds) / one) < most) ?? YEAR
  return relative.format(Math.round(seconds / length), unit)
}

/** The day of a moment, and its time to the minute: `2026-11-23 06:00`. In UTC. */
export function toMinute(at: string): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ')
}

/** The same moment to the second, with its zone: `2026-11-23 06:00:00 UTC`. */
export function toExactTime(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** How long something took, in words: `under a second`, `42 s`, `3 min 5 s`. */
export function toDuration(from: string, until: string): string {
  const seconds = Math.round((Date.parse(until) - Date.parse(from)) / 1000)
  if (seconds < 1) {
    return 'under a second'
  }
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
