import { UnionFind } from '#core/reconcile/union_find'
import { type WorkSet } from './work_set.js'

/** Records that belong together by strong evidence, and the assets that the same evidence touches. */
export interface ComponentIds {
  readonly recordIds: readonly number[]
  /** Not those that the records are linked to, unless others are concerned. */
  readonly assetIds: readonly number[]
  /** For records without an asset: assets that share port MACs with them, and how many. */
  readonly sharedPorts: ReadonlyMap<number, number>
  /** Deleted assets that carried a value of the records in their own right. */
  readonly tombstones: readonly number[]
}

const NO_PORTS: ReadonlyMap<number, number> = new Map()

/**
 * What evidence says about the records of a run. It remembers those that evidence speaks of, for of a million records
 * most are alone. Nodes: records are positive ids, assets negative ones.
 */
export class Components {
  readonly #sets = new UnionFind()
  readonly #doubts = new UnionFind()
  readonly #ports = new Map<number, Map<number, number>>()
  readonly #tombstones = new Map<number, number[]>()

  /** These are one device. */
  join(a: number, b: number): void {
    this.#sets.union(a, b)
  }

  /** A person is asked whether these are one device. */
  ask(a: number, b: number): void {
    this.#doubts.union(a, b)
  }

  /** A deleted asset carried what the record carries. */
  bury(recordId: number, assetId: number): void {
    this.#tombstones.set(recordId, [...(this.#tombstones.get(recordId) ?? []), assetId])
  }

  sharePort(recordId: number, assetId: number): void {
    const assets = this.#ports.get(recordId) ?? new Map<number, number>()
    this.#ports.set(recordId, assets.set(assetId, (assets.get(assetId) ?? 0) + 1))
  }

  /** True when the node is joined to another. */
  has(node: number): boolean {
    return this.#sets.has(node)
  }

  /** Everything in the order of the first records; questions come last. */
  *list(work: WorkSet): Generator<ComponentIds> {
    const joined = this.#sets.sets()
    let next = 0
    for (const { id } of work) {
      for (; firstRecord(joined[next]) <= id; next++) {
        yield this.#toComponent(joined[next]!)
      }
      if (!this.has(id)) {
        yield this.#toComponent([id])
      }
    }
    yield* joined.slice(next).map((nodes) => this.#toComponent(nodes))
    const open = this.#doubts.sets().filter((nodes) => new Set(nodes.map((node) => this.#sets.find(node))).size > 1)
    yield* open.map((nodes) => this.#toComponent(nodes))
  }

  #toComponent(nodes: readonly number[]): ComponentIds {
    const recordIds = nodes.filter((node) => node > 0)
    return {
      recordIds,
      assetIds: nodes.flatMap((node) => (node < 0 ? [-node] : [])),
      sharedPorts: this.#portsOf(recordIds),
      tombstones: [...new Set(recordIds.flatMap((recordId) => this.#tombstones.get(recordId) ?? []))],
    }
  }

  #portsOf(recordIds: readonly number[]): ReadonlyMap<number, number> {
    const all = recordIds.flatMap((recordId) => this.#ports.get(recordId) ?? [])
    if (all.length < 2) {
      return all[0] ?? NO_PORTS
    }
    const shared = new Map<number, number>()
    for (const [assetId, count] of all.flatMap((assets) => [...assets])) {
      shared.set(assetId, (shared.get(assetId) ?? 0) + count)
    }
    return shared
  }
}

function firstRecord(nodes: readonly number[] | undefined): number {
  return nodes?.find((node) => node > 0) ?? Number.POSITIVE_INFINITY
}
