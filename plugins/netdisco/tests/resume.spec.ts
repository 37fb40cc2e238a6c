import { test } from '@japa/runner'
import type { Observation } from '@laim/sdk'
import { makeLab } from '@laim/sdk/lab'
import { readAll } from '@laim/sdk/testing'
import type { NetdiscoRelease } from '../simulator/netdisco_server.js'
import source from '../source.js'
import { openReading } from './open_reading.js'

const devices = makeLab({ devices: 1200 }).map((device) => ({
  ...device,
  seenBy: { netdisco: true, librenms: true },
}))

function idsOf(observations: readonly Observation[]): string[] {
  return [...new Set(observations.map((seen) => seen.nativeId))].sort()
}

test.group('Netdisco resuming', () => {
  test('loses nothing after a crash behind any page: release {$self}')
    .with(['2.105', '2.100'] as NetdiscoRelease[])
    .run(async ({ assert, cleanup }, release) => {
      const { context } = await openReading(cleanup, { devices, release })
      const { pages, observations } = await readAll(source, context, { pageSize: 200 })

      for (const [index, { checkpoint }] of pages.entries()) {
        if (!checkpoint) continue
        const before = pages.slice(0, index + 1).flatMap((page) => page.observations)
        const resumeAfter = JSON.parse(JSON.stringify(checkpoint))
        const after = await readAll(source, context, { pageSize: 200, resumeAfter })

        assert.deepEqual(idsOf([...before, ...after.observations]), idsOf(observations))
        assert.deepEqual(after.final, { coverage: 'complete' })
      }
    })

  test('does not forget that something could not be read before a crash', async ({ assert, cleanup }) => {
    const { context, simulator } = await openReading(cleanup, { devices, fault: 'crashing_report' })
    const { pages } = await readAll(source, context)
    simulator.setFault(null)

    const { final } = await readAll(source, context, { resumeAfter: pages[0]?.checkpoint })

    assert.equal(final?.coverage, 'partial')
    assert.match(final?.reason ?? '', /^Stacks could not be told apart: /)
  })

  test('gives a checkpoint only behind a page that ends an answer of the server', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { devices })

    const { pages } = await readAll(source, context, { pageSize: 200 })

    assert.isTrue(pages.every((page) => page.observations.length <= 200))
    assert.deepEqual(
      pages.flatMap((page) => page.checkpoint?.next ?? []),
      [500, 1000, 1500]
    )
    assert.lengthOf(
      pages.filter((page) => page.final),
      1
    )
  })

  test('stops when it is told to', async ({ assert, cleanup }) => {
    const { context, abort, simulator } = await openReading(cleanup, { devices })
    const pages = source.discover(context, { mode: 'full', pageSize: 500 })[Symbol.asyncIterator]()
    await pages.next()

    abort()

    const asked = simulator.requests.length
    await assert.rejects(async () => {
      for (let page = await pages.next(); !page.done; page = await pages.next());
    })
    assert.isAtMost(simulator.requests.length, asked + 1)
  })
})
