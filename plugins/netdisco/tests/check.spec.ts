import { test } from '@japa/runner'
import type { NetdiscoFault } from '../simulator/netdisco_server.js'
import source from '../source.js'
import { openReading } from './open_reading.js'

test.group('Netdisco connection test', () => {
  test('passes all steps and knows the version and the size', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const report = await source.check(context)

    assert.isTrue(report.ok)
    assert.deepEqual(
      report.steps.map((step) => [step.id, step.status]),
      [
        ['connect', 'pass'],
        ['authenticate', 'pass'],
        ['authorize', 'pass'],
        ['read_sample', 'pass'],
      ]
    )
    assert.equal(report.source?.product, 'Netdisco')
    assert.equal(report.source?.version, '2.105001')
    assert.isAbove(report.source?.estimatedRecords ?? 0, 100)
  })

  test('warns of an old server and passes', async ({ assert, cleanup }) => {
    const { context, simulator } = await openReading(cleanup, { release: '2.079' })

    const report = await source.check(context)

    assert.isTrue(report.ok)
    assert.deepEqual(
      report.steps.map((step) => step.status),
      ['pass', 'pass', 'warn', 'warn']
    )
    assert.isEmpty(simulator.requests.filter((request) => request.includes('0.0.0.0')))
  })

  test('stops at {step} on {fault}')
    .with([
      { fault: 'html', step: 'connect' },
      { fault: 'moved', step: 'connect' },
      { fault: 'crash', step: 'connect' },
      { fault: 'drops_accept', step: 'authenticate' },
      { fault: 'refuses_keys', step: 'authorize' },
      { fault: 'role_missing', step: 'authorize' },
      { fault: 'cut', step: 'authorize' },
    ] as { fault: NetdiscoFault; step: string }[])
    .run(async ({ assert, cleanup }, { fault, step }) => {
      const { context } = await openReading(cleanup, { fault })

      const report = await source.check(context)

      const failed = report.steps.findIndex(({ status }) => status === 'fail')
      assert.isFalse(report.ok)
      assert.equal(report.steps[failed]?.id, step)
      assert.isNotEmpty(report.steps[failed]?.error?.message)
      assert.isTrue(report.steps.slice(failed + 1).every(({ status }) => status === 'skip'))
    })

  test('says which settings to look at when the password is wrong', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, {}, { password: 'wrong' })

    const report = await source.check(context)

    const failed = report.steps.find(({ status }) => status === 'fail')
    assert.equal(failed?.id, 'authenticate')
    assert.include(failed?.message, 'NETDISCO_PASSWORD')
  })

  test('fails in one sentence when nobody answers', async ({ assert, cleanup }) => {
    const { simulator, context } = await openReading(cleanup)
    await simulator.stop()

    const report = await source.check(context)

    assert.isFalse(report.ok)
    assert.equal(report.steps[0]?.error?.kind, 'unreachable')
  })
})
