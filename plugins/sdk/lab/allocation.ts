import type { Random } from './random.ts'

const BLOCK = 0x80
const PAIRS = /../g

/** Hands out the names and numbers that must not repeat within one lab. */
export class Allocation {
  #names = new Map<string, number>()
  #addresses = new Map<number, number>()
  #blocks = new Map<string, number>()
  #serials = new Set<string>()

  /** `sw-2265-a3` gives `sw-2265-a3-01`, then `-02`. */
  name(stem: string): string {
    const number = (this.#names.get(stem) ?? 0) + 1
    this.#names.set(stem, number)
    return `${stem}-${String(number).padStart(2, '0')}`
  }

  /** The next address of a room's network: 10.65.10.1 in room 2265. */
  address(room: number): string {
    const number = this.#addresses.get(room) ?? 0
    this.#addresses.set(room, number + 1)
    return `10.${room - 2200}.${10 + Math.floor(number / 250)}.${1 + (number % 250)}`
  }

  /** The first of 128 free hardware addresses under a maker's prefix, as a number. */
  macBlock(oui: string): number {
    const number = this.#blocks.get(oui) ?? (Number.parseInt(oui.slice(2), 16) * 7919) % 0xffff
    this.#blocks.set(oui, number + 1)
    return Number.parseInt(oui, 16) * 0x1000000 + ((number * BLOCK) % 0x1000000)
  }

  /** A serial nobody else has; a pattern that is used up grows by a digit. */
  serial(pattern: string, random: Random): string {
    for (let tries = 1; ; tries++) {
      const serial = random.fill(pattern + '#'.repeat(Math.floor(tries / 20)))
      if (this.#serials.has(serial)) continue
      this.#serials.add(serial)
      return serial
    }
  }
}

/** 48 bits as `aa:bb:cc:dd:ee:ff`. */
export function formatMac(value: number): string {
  return (value.toString(16).padStart(12, '0').match(PAIRS) ?? []).join(':')
}
