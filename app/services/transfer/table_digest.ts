import { hash } from 'node:crypto'
import { type Batch } from './table_rows.js'

/** How many rows each table has, and a digest of them. */
export interface RowContents {
  readonly counts: Readonly<Record<string, number>>
  /** Equal for equal rows on either database, in whatever order they come. */
  readonly digests: Readonly<Record<string, string>>
}

const MODULUS = 1n << 256n

/** Counts rows and sums up their hashes, as they pass by. */
export class RowTally {
  readonly #counts = new Map<string, number>()
  readonly #sums = new Map<string, bigint>()

  add({ table, rows }: Batch): void {
    let sum = this.#sums.get(table.name) ?? 0n
    for (const row of rows) {
      sum = (sum + BigInt(`0x${hash('sha256', JSON.stringify(row), 'hex')}`)) % MODULUS
    }
    this.#sums.set(table.name, sum)
    this.#counts.set(table.name, (this.#counts.get(table.name) ?? 0) + rows.length)
  }

  contents(): RowContents {
    const names = [...this.#counts.keys()].sort()
    return {
      counts: Object.fromEntries(names.map((name) => [name, this.#counts.get(name)!])),
      digests: Object.fromEntries(names.map((name) => [name, this.#sums.get(name)!.toString(16).padStart(64, '0')])),
    }
  }
}

/** Reads rows to their end. */
export async function contentsOf(batches: AsyncIterable<Batch>): Promise<RowContents> {
  const tally = new RowTally()
  for await (const batch of batches) {
    tally.add(batch)
  }
  return tally.contents()
}

/** Rows of all tables together. */
export function totalOf({ counts }: Pick<RowContents, 'counts'>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Names of the tables whose rows are not the same. */
export function differences(one: RowContents, other: RowContents): string[] {
  const names = new Set([...Object.keys(one.counts), ...Object.keys(other.counts)])
  return [...names].filter(
    (name) => one.digests[name] !== other.digests[name] || one.counts[name] !== other.counts[name]
  )
}
