import { SeenRecords } from '#core/reconcile/seen_records'
import { type SourceRecord } from '#core/reconcile/types'

/** A record that the run must decide about. `isExcluded`: it stays away with its deleted asset. */
export interface WorkRecord extends Pick<SourceRecord, 'id' | 'sourceId' | 'assetId'> {
  readonly isExcluded: boolean
}

/** The records that a run must decide about, each once. As columns of numbers, for there may be a million of them. */
export class WorkSet {
  readonly #known = new SeenRecords()
  readonly #ids: number[] = []
  readonly #sourceIds: number[] = []
  readonly #assetIds: number[] = []
  readonly #excluded = new Set<number>()

  get size(): number {
    return this.#ids.length
  }

  add({ id, sourceId, assetId, linkState }: Pick<SourceRecord, 'id' | 'sourceId' | 'assetId' | 'linkState'>): void {
    if (this.#known.add(id)) {
      this.#ids.push(id)
      this.#sourceIds.push(sourceId)
      this.#assetIds.push(assetId ?? 0)
      if (linkState === 'excluded') {
        this.#excluded.add(id)
      }
    }
  }

  has(id: number): boolean {
    return this.#known.has(id)
  }

  /** The records in the order of their ids. */
  *[Symbol.iterator](): Generator<WorkRecord> {
    const order = Uint32Array.from(this.#ids.keys()).sort((a, b) => this.#ids[a]! - this.#ids[b]!)
    for (const index of order) {
      const id = this.#ids[index]!
      const assetId = this.#assetIds[index] || null
      yield { id, sourceId: this.#sourceIds[index]!, assetId, isExcluded: this.#excluded.has(id) }
    }
  }

  /** The same, some at a time. */
  *chunks(size: number): Generator<WorkRecord[]> {
    let chunk: WorkRecord[] = []
    for (const record of this) {
      chunk.push(record)
      if (chunk.length === size) {
        yield chunk
        chunk = []
      }
    }
    if (chunk.length > 0) {
      yield chunk
    }
  }
}
