import { test } from '@japa/runner'
import { makeLab } from '@laim/sdk/lab'
import type { LibrenmsFault } from '../simulator/librenms_server.js'
import source from '../source.js'
import { openReading } from './open_reading.js'

test.group('LibreNMS connection test', () => {
  test('passes every step and counts the devices', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)
    const listed = makeLab().filter((device) => device.seenBy.librenms).length

    const report = await source.check(context)

    assert.isTrue(report.ok)
    assert.deepEqual(
      report.steps.map(({ id, status }) => `${id} ${status}`),
      ['connect pass', 'authorize pass', 'read_sample pass']
    )
    assert.deepEqual(report.source, {
      product: 'LibreNMS',
      version: '26.8.0',
      estimatedRecords: listed,
    })
  })

  test('stops at the first step that fails on {fault}: {failing}')
    .with([
      { fault: 'html', failing: 'connect' },
      { fault: '500', failing: 'connect' },
      { fault: 'forbidden', failing: 'read_sample' },
      { fault: 'truncated', failing: 'read_sample' },
    ] as { fault: LibrenmsFault; failing: string }[])
    .run(async ({ assert, cleanup }, { fault, failing }) => {
      const { context } = await openReading(cleanup, { fault })

      const { ok, steps } = await source.check(context)

      assert.isFalse(ok)
      assert.equal(steps.find(({ status }) => status === 'fail')?.id, failing)
      assert.lengthOf(steps, 3)
    })

  test('names the token when it is refused', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, {}, { token: 'some-other-token' })

    const { ok, steps } = await source.check(context)

    assert.isFalse(ok)
    assert.include(steps[0]?.message, 'LIBRENMS_API_TOKEN')
    assert.equal(steps[0]?.error?.kind, 'auth')
  })

  test('warns when the user of the token sees no device', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { fault: 'empty' })

    const { ok, steps } = await source.check(context)

    assert.isTrue(ok)
    assert.include(steps.at(-1), { id: 'read_sample', status: 'warn' })
    assert.include(steps.at(-1)?.message, 'global read')
  })
})
