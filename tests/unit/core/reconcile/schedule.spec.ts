import { test } from '@japa/runner'
import { isDue, judgeTurn, type EndedRun } from '#core/reconcile/schedule'

const AT = '2026-11-22T06:00:00.000Z'

function failed(failureKind: string): EndedRun {
  return { isFailed: true, failureKind, endedAt: AT }
}

const GOOD: EndedRun = { isFailed: false, failureKind: null, endedAt: AT }

/** Minutes that the schedule leaves a source alone after these runs, newest first. */
function pauseAfter(...runs: EndedRun[]) {
  const turn = judgeTurn(runs)
  return turn.kind === 'failing' ? (Date.parse(turn.notBefore) - Date.parse(AT)) / 60_000 : turn.kind
}

test.group('The turn of a source', () => {
  test('comes with the others while it is healthy or new', ({ assert }) => {
    assert.equal(pauseAfter(), 'healthy')
    assert.equal(pauseAfter(GOOD, failed('auth'), failed('auth')), 'healthy')
  })

  test('comes 1, 5, 30 minutes and then 3 hours after failures in a row', ({ assert }) => {
    const down = failed('unreachable')

    assert.equal(pauseAfter(down, GOOD), 1)
    assert.equal(pauseAfter(down, down, GOOD), 5)
    assert.equal(pauseAfter(down, down, down, GOOD), 30)
    assert.equal(pauseAfter(down, down, down, down), 180)
    assert.equal(pauseAfter(down, down, down, down, down), 180)
  })

  test('comes four times later when rights are missing', ({ assert }) => {
    assert.equal(pauseAfter(failed('permission'), GOOD), 4)
  })

  test('69: does not come any more after two refused logins in a row', ({ assert }) => {
    assert.equal(pauseAfter(failed('auth'), GOOD), 1)
    assert.equal(pauseAfter(failed('auth'), failed('auth')), 'suspended')
    assert.equal(pauseAfter(failed('auth'), failed('timeout'), failed('auth')), 30)
  })
})

test.group('A slot', () => {
  const now = new Date('2026-11-22T12:00:00.000Z')
  const hours = (count: number) => count * 3_600_000

  test('is due once the interval is over, and at first at once', ({ assert }) => {
    assert.isTrue(isDue(null, hours(6), now))
    assert.isTrue(isDue('2026-11-22T06:00:00.000Z', hours(6), now))
    assert.isFalse(isDue('2026-11-22T06:00:00.001Z', hours(6), now))
  })

  test('F21: is due when the clock was set back behind the last one', ({ assert }) => {
    assert.isTrue(isDue('2026-11-23T12:00:00.000Z', hours(6), now))
  })
})
