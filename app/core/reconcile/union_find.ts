/** Disjoint sets of numbers (records are positive, assets are negative ids), with path halving. */
export class UnionFind {
  #parents = new Map<number, number>()

  add(node: number): void {
    if (!this.#parents.has(node)) {
      this.#parents.set(node, node)
    }
  }

  has(node: number): boolean {
    return this.#parents.has(node)
  }

  /** The representative of the node's set: its smallest member. */
  find(node: number): number {
    let current = node
    for (;;) {
      const parent = this.#parents.get(current)
      if (parent === undefined || parent === current) {
        return current
      }
      const grand = this.#parents.get(parent) ?? parent
      this.#parents.set(current, grand)
      current = grand
    }
  }

  union(a: number, b: number): void {
    this.add(a)
    this.add(b)
    const [first, second] = [this.find(a), this.find(b)]
    if (first !== second) {
      this.#parents.set(Math.max(first, second), Math.min(first, second))
    }
  }

  /** The sets, each sorted, in the order of their smallest member: independent of the order of the unions. */
  sets(): number[][] {
    const sets = new Map<number, number[]>()
    for (const node of this.#parents.keys()) {
      const root = this.find(node)
      const members = sets.get(root)
      if (members) {
        members.push(node)
      } else {
        sets.set(root, [node])
      }
    }
    const all = [...sets.values()]
    for (const members of all) {
      members.sort((a, b) => a - b)
    }
    return all.sort((a, b) => firstRecord(a) - firstRecord(b))
  }
}

function firstRecord(members: readonly number[]): number {
  return members.find((node) => node > 0) ?? Number.MAX_SAFE_INTEGER
}
