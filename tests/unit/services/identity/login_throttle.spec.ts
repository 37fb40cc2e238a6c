import { test } from '@japa/runner'
import { LoginThrottle } from '#services/identity/login_throttle'

const MINUTE = 60_000

/** How many attempts in a row pass, one for each pair of account and address. */
function countPassing(throttle: LoginThrottle, attempts: number, pairOf: (n: number) => [string, string]): number {
  for (let n = 0; n < attempts; n++) {
    try {
      throttle.attempt(...pairOf(n), 0)
    } catch {
      return n
    }
  }
  return attempts
}

test.group('Login throttle', () => {
  test('stops one address that guesses the password of one account', ({ assert }) => {
    const throttle = new LoginThrottle()

    assert.equal(
      countPassing(throttle, 1000, () => ['ada', '192.0.2.1']),
      10
    )
  })

  test('says how long to wait, and lets pass after that', ({ assert }) => {
    const throttle = new LoginThrottle()
    countPassing(throttle, 11, () => ['ada', '192.0.2.1'])

    assert.throws(() => throttle.attempt('ada', '192.0.2.1', 5 * MINUTE), /again in 600 seconds/)
    assert.doesNotThrow(() => throttle.attempt('ada', '192.0.2.1', 15 * MINUTE))
  })

  test('stops one address that goes through many accounts', ({ assert }) => {
    const throttle = new LoginThrottle()

    assert.equal(
      countPassing(throttle, 1000, (n) => [`person-${n}`, '192.0.2.1']),
      50
    )
  })

  test('stops many addresses at one account, but not where its owner signs in', ({ assert }) => {
    const throttle = new LoginThrottle()
    throttle.attempt('ada', '198.51.100.7', 0)
    throttle.succeed('ada', '198.51.100.7', 0)

    assert.equal(
      countPassing(throttle, 1000, (n) => ['ada', `192.0.2.${n}`]),
      100
    )
    assert.doesNotThrow(() => throttle.attempt('ada', '198.51.100.7', 0))
  })

  test('does not count attempts that succeed', ({ assert }) => {
    const throttle = new LoginThrottle()
    const signIn = () => {
      throttle.attempt('ada', '192.0.2.1', 0)
      throttle.succeed('ada', '192.0.2.1', 0)
    }

    assert.doesNotThrow(() => {
      for (let n = 0; n < 200; n++) {
        signIn()
      }
    })
  })
})
