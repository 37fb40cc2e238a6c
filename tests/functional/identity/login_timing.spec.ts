import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { InvalidCredentials } from '#core/access/errors'
import { LogIn } from '#services/identity/log_in'
import { asUser } from '#tests/helpers/as_user'

const [ROUNDS, PAIRS] = [20, 25]

/** Medians may be as far apart as this, of 500 samples at most: fewer, if they are close before. */
const TOLERANCE = 0.1

/** How much work a refused sign-in is, in microseconds of the processor: other processes on the machine do not count. */
async function workOf(logIn: LogIn, username: string, address: string): Promise<number> {
  const before = process.cpuUsage()
  const outcome = await logIn
    .handle({ username, password: 'a wrong password', address })
    .catch((error: unknown) => error)
  const { user, system } = process.cpuUsage(before)
  if (!(outcome instanceof InvalidCredentials)) {
    throw new Error('the sign-in was to be refused', { cause: outcome })
  }
  return user + system
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!
}

test.group('S9: A sign-in that is refused', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('S9: is as much work for a name that nobody has, or whose account is off, as for one that somebody has', async ({
    assert,
  }) => {
    const logIn = await app.container.make(LogIn)
    const known = await asUser('viewer')
    const off = await asUser('viewer')
    await off.user.merge({ isActive: false }).save()
    const names = { known: known.user.username, unknown: 'nobody-has-this', off: off.user.username }
    const work: Record<keyof typeof names, number[]> = { known: [], unknown: [], off: [] }

    const unlike = () => {
      const usual = medianOf(work.known)
      return [work.unknown, work.off].filter((some) => Math.abs(medianOf(some) / usual - 1) > TOLERANCE)
    }
    for (let round = 0; round < ROUNDS && (round === 0 || unlike().length > 0); round++) {
      for (let pair = 0; pair < PAIRS; pair++) {
        for (const name of ['known', 'unknown', 'off'] as const) {
          work[name].push(await workOf(logIn, names[name], `192.0.${round}.${pair}`))
        }
      }
    }

    const medians = [work.known, work.unknown, work.off].map(medianOf)
    assert.isEmpty(unlike(), `microseconds of known, unknown, off: ${medians.join(', ')}`)
  }).timeout(180_000)
})
