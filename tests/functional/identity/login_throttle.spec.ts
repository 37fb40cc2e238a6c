import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { LoginThrottle } from '#services/identity/login_throttle'

const START = new Date('2026-11-23T12:00:00Z')

function after(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000)
}

/** How many attempts in a row pass, one for each pair of account and address, each in a process of its own. */
async function countPassing(attempts: number, pairOf: (n: number) => [string, string]): Promise<number> {
  for (let n = 0; n < attempts; n++) {
    try {
      await new LoginThrottle().attempt(...pairOf(n), START)
    } catch {
      return n
    }
  }
  return attempts
}

function signIn(account: string, address: string, at: Date) {
  return db.transaction((trx) => new LoginThrottle().succeed(trx, account, address, at))
}

test.group('Login throttle', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('S9: stops one address that guesses the password of one account, over all processes', async ({ assert }) => {
    assert.equal(await countPassing(30, () => ['ada', '192.0.2.1']), 10)
    assert.equal(await countPassing(1, () => ['ada', '192.0.2.2']), 1)
  })

  test('says how long to wait, and lets pass after that', async ({ assert }) => {
    const throttle = new LoginThrottle()
    await countPassing(11, () => ['ada', '192.0.2.1'])

    await assert.rejects(() => throttle.attempt('ada', '192.0.2.1', after(5)), /again in 600 seconds/)
    await assert.doesNotReject(() => throttle.attempt('ada', '192.0.2.1', after(15)))
  })

  test('S9: stops one address that goes through many accounts', async ({ assert }) => {
    assert.equal(await countPassing(80, (n) => [`person-${n}`, '192.0.2.1']), 50)
  })

  test('S9: stops many addresses at one account, but not where its owner signs in', async ({ assert }) => {
    const throttle = new LoginThrottle()
    await throttle.attempt('ada', '198.51.100.7', START)
    await signIn('ada', '198.51.100.7', START)

    assert.equal(await countPassing(150, (n) => ['ada', `192.0.2.${n}`]), 100)
    await assert.doesNotReject(() => throttle.attempt('ada', '198.51.100.7', START))
  })

  test('does not count attempts that succeed', async ({ assert }) => {
    for (let n = 0; n < 60; n++) {
      await assert.doesNotReject(() => new LoginThrottle().attempt('ada', '192.0.2.1', START))
      await signIn('ada', '192.0.2.1', START)
    }
  })

  test('forgets what is over, and keeps no names', async ({ assert }) => {
    await countPassing(20, (n) => [`secret-${n}`, '192.0.2.1'])
    const before = await db.from('rate_limits')
    await new LoginThrottle().attempt('ada', '198.51.100.7', after(120))

    assert.lengthOf(before, 41)
    assert.notInclude(JSON.stringify(before), 'secret')
    assert.lengthOf(await db.from('rate_limits'), 3)
  })
})
