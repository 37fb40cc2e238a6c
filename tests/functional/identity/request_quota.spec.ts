import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { TooManyRequests } from '#core/access/errors'
import { RequestQuota } from '#services/identity/request_quota'
import { asUser } from '#tests/helpers/as_user'

const START = new Date('2026-11-23T12:00:15Z')

/** How many requests pass, sent in turn to these processes. */
async function countPassing(processes: RequestQuota[], requests: number): Promise<number> {
  let passed = 0
  for (let n = 0; n < requests; n++) {
    const answer = await processes[n % processes.length]!.spend('7', START).catch((error) => error)
    passed += answer instanceof TooManyRequests ? 0 : 1
  }
  return passed
}

test.group('Quota of requests', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())

  test('is one for all processes, give or take a step of each', async ({ assert }) => {
    const passed = await countPassing([new RequestQuota(100), new RequestQuota(100), new RequestQuota(100)], 400)

    assert.isAtLeast(passed, 100)
    assert.isAtMost(passed, 115)
  })

  test('counts each token apart, and begins anew with each minute', async ({ assert }) => {
    const quota = new RequestQuota(2)
    await quota.spend('7', START)

    assert.deepEqual(await quota.spend('7', START), { limit: 2, remaining: 0, resetSeconds: 45 })
    const refusal = await quota.spend('7', START).catch((error) => error)
    assert.instanceOf(refusal, TooManyRequests)
    assert.equal(refusal.retryAfter, 45)
    assert.containsSubset(await quota.spend('8', START), { remaining: 1 })
    assert.containsSubset(await quota.spend('7', new Date('2026-11-23T12:01:00Z')), { remaining: 1 })
  })

  test('writes nothing for light use, and counts nothing where there is no limit', async ({ assert }) => {
    const quota = new RequestQuota(1000)
    for (let n = 0; n < 49; n++) {
      await quota.spend('7', START)
    }

    assert.lengthOf(await db.from('rate_limits'), 0)
    assert.isNull(await new RequestQuota(0).spend('7', START))
  })

  test('is told in headers', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    const response = await client.get('/api/me').bearerToken(token)

    assert.equal(response.header('ratelimit-limit'), '60000')
    assert.isBelow(Number(response.header('ratelimit-remaining')), 60_000)
    assert.isAtMost(Number(response.header('ratelimit-reset')), 60)
  })
})
