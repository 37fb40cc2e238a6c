import { test } from '@japa/runner'
import fc from 'fast-check'
import { UnionFind } from '#core/reconcile/union_find'

test.group('Disjoint sets', () => {
  test('are the same in whatever order pairs are joined', ({ assert }) => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(pairs, fc.infiniteStream(fc.nat()), (joined, random) => {
        const shuffled = joined
          .map((pair) => ({ pair, key: random.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ pair: [a, b] }) => [b, a] as const)

        assert.deepEqual(setsOf(joined), setsOf(shuffled))
      })
    )
  })

  test('keep a node that nothing joins as a set of its own', ({ assert }) => {
    const sets = new UnionFind()
    sets.add(7)
    sets.union(3, -1)

    assert.deepEqual(sets.sets(), [[-1, 3], [7]])
  })
})

function setsOf(pairs: readonly (readonly [number, number])[]): string[] {
  const sets = new UnionFind()
  pairs.forEach(([a, b]) => sets.union(a, b))
  return sets
    .sets()
    .map((members) => members.join(','))
    .sort()
}
