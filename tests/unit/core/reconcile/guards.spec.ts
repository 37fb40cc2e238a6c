import { test } from '@japa/runner'
import { judgePlan, type PlanContext } from '#core/reconcile/guards'
import { type PlanRow } from '#core/reconcile/plan_row'
import { judgeSweep } from '#core/reconcile/sweep'

const context: PlanContext = { source: 'alpha', baseline: 100, newRecords: 0, absentRecords: 0 }

const rows = (count: number, more: Partial<PlanRow>): PlanRow[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `asset:${index}`,
    assetId: index,
    action: 'update',
    baseRevision: 1,
    before: {},
    after: {},
    reason: null,
    ...more,
  }))

const namesOf = (guards: readonly { guard: string }[]) => guards.map(({ guard }) => guard)

test.group('Guards before writing', () => {
  test('stop when names of more than a fifth of the devices are replaced', ({ assert }) => {
    const renamed = { before: { hostname: 'a' }, after: { hostname: 'b' } }

    assert.deepEqual(judgePlan(rows(20, renamed), context), [])
    assert.include(namesOf(judgePlan(rows(21, renamed), context)), 'blast')
  })

  test('do not count values that fill an empty field', ({ assert }) => {
    const filled = { before: { hostname: null }, after: { hostname: 'b' } }

    assert.deepEqual(judgePlan(rows(90, filled), context), [])
  })

  test('stop when one value takes the place of many, but not for firmware', ({ assert }) => {
    const same = (field: string) => rows(31, { before: { [field]: 'old' }, after: { [field]: 'same' } })

    assert.deepEqual(namesOf(judgePlan(same('model'), context)), ['blast'])
    assert.deepEqual(judgePlan(same('firmwareVersion'), context), [])
  })

  test('stop a flood of new devices, of which small sources are spared', ({ assert }) => {
    assert.deepEqual(namesOf(judgePlan(rows(101, { action: 'create' }), context)), ['flood'])
    assert.deepEqual(judgePlan(rows(90, { action: 'create' }), { ...context, baseline: 20 }), [])
  })

  test('tell a rebuilt source by new keys beside absent ones', ({ assert }) => {
    const rebuilt = { ...context, newRecords: 40, absentRecords: 40 }

    assert.deepEqual(namesOf(judgePlan([], rebuilt)), ['renumber'])
    assert.deepEqual(judgePlan([], { ...rebuilt, absentRecords: 5 }), [])
  })

  test('never stop the first run of a source', ({ assert }) => {
    const first = { ...context, baseline: null, newRecords: 500 }

    assert.deepEqual(judgePlan(rows(500, { action: 'create' }), first), [])
  })
})

test.group('Guards before counting absence', () => {
  const complete = { coverage: 'complete', seenCount: 90, baseline: 100, newlyAbsent: 10 } as const

  test('accept what a complete reading no longer lists, within a fifth', ({ assert }) => {
    assert.equal(judgeSweep('alpha', complete).kind, 'accept')
    assert.equal(judgeSweep('alpha', { ...complete, newlyAbsent: 20 }).kind, 'accept')
  })

  test('refuse partial, empty and shrunken readings with a sentence', ({ assert }) => {
    assert.containsSubset(judgeSweep('alpha', { ...complete, coverage: 'partial' }), { guard: 'coverage' })
    assert.containsSubset(judgeSweep('alpha', { ...complete, seenCount: 0, newlyAbsent: 100 }), { guard: 'empty' })
    assert.containsSubset(judgeSweep('alpha', { ...complete, newlyAbsent: 21 }), {
      guard: 'shrink',
      sentence: 'alpha no longer lists 21 of 100 devices. Nothing was marked missing.',
    })
  })

  test('accept a first reading, whatever it lists', ({ assert }) => {
    assert.equal(judgeSweep('alpha', { ...complete, baseline: null, seenCount: 0 }).kind, 'accept')
  })
})
