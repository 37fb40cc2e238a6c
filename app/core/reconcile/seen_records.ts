/** Record ids a block holds: 1 KiB of bits. */
const BLOCK_SIZE = 8192

/** How many bits each byte has. */
const BITS_SET = Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

/** The records that a source listed in one run: one bit each, so that a million take 125 kB. */
export class SeenRecords {
  #blocks = new Map<number, Uint8Array>()
  #touched = new Set<number>()
  #count = 0

  /** The records that were stored block by block. */
  static fromBlocks(blocks: readonly { readonly block: number; readonly bits: Uint8Array }[]): SeenRecords {
    const seen = new SeenRecords()
    for (const { block, bits } of blocks) {
      seen.#blocks.set(block, new Uint8Array(bits))
      for (const byte of bits) {
        seen.#count += BITS_SET[byte]!
      }
    }
    return seen
  }

  get count(): number {
    return this.#count
  }

  /** Answers false when the record was listed before in this run. */
  add(recordId: number): boolean {
    const block = Math.floor(recordId / BLOCK_SIZE)
    const bits = this.#blocks.get(block) ?? new Uint8Array(BLOCK_SIZE / 8)
    this.#blocks.set(block, bits)
    const [byte, mask] = [(recordId % BLOCK_SIZE) >> 3, 1 << (recordId & 7)]
    if ((bits[byte]! & mask) !== 0) {
      return false
    }
    bits[byte]! |= mask
    this.#touched.add(block)
    this.#count++
    return true
  }

  /** Removes a record; answers whether it was there. */
  take(recordId: number): boolean {
    if (!this.has(recordId)) {
      return false
    }
    this.#blocks.get(Math.floor(recordId / BLOCK_SIZE))![(recordId % BLOCK_SIZE) >> 3]! &= ~(1 << (recordId & 7))
    this.#count--
    return true
  }

  has(recordId: number): boolean {
    const bits = this.#blocks.get(Math.floor(recordId / BLOCK_SIZE))
    return bits !== undefined && (bits[(recordId % BLOCK_SIZE) >> 3]! & (1 << (recordId & 7))) !== 0
  }

  /** The blocks that changed since the last call: what the next transaction must store. */
  takeTouched(): { block: number; bits: Uint8Array }[] {
    const blocks = [...this.#touched].sort((a, b) => a - b)
    this.#touched.clear()
    return blocks.map((block) => ({ block, bits: this.#blocks.get(block)! }))
  }
}
