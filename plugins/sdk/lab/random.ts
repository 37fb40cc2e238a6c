const SERIAL_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'

/** A small seeded generator (mulberry32): the same seed gives the same sequence everywhere. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly T[]): T
  /** Fills a pattern: `#` becomes a digit, `@` a letter or digit, all else stays. */
  fill(pattern: string): string
}

export function makeRandom(seed: number): Random {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  function between(low: number, high: number): number {
    return low + Math.floor(next() * (high - low + 1))
  }
  function pick<T>(values: readonly T[]): T {
    return values[between(0, values.length - 1)] as T
  }
  function fill(pattern: string): string {
    return pattern.replace(/[#@]/g, (mark) => (mark === '#' ? String(between(0, 9)) : pick([...SERIAL_LETTERS])))
  }

  return { next, between, chance: (probability) => next() < probability, pick, fill }
}
