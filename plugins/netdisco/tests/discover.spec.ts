import { test } from '@japa/runner'
import type { Observation } from '@laim/sdk'
import { makeLab } from '@laim/sdk/lab'
import { findContractFaults, readAll } from '@laim/sdk/testing'
import source from '../source.js'
import { openReading } from './open_reading.js'

const lab = makeLab()
const listed = lab.filter((device) => device.seenBy.netdisco)
const addresses = listed.map((device) => device.views.netdisco.ip).sort()

/** What the content hash is made of: everything but times, links and copies. */
function withoutTimes(observations: readonly Observation[]) {
  return observations
    .map(({ observedAt: _at, href: _href, raw: _raw, ...rest }) => rest)
    .sort((a, b) => (a.nativeId < b.nativeId ? -1 : 1))
}

function devicesOf(observations: readonly Observation[]): Observation[] {
  return observations.filter((seen) => !seen.partOf)
}

test.group('Netdisco reading', () => {
  test('sees every listed device once and says that it saw all', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const { observations, rejected, final } = await readAll(source, context)

    const seen = devicesOf(observations).map((device) => device.nativeId)
    assert.deepEqual(seen.sort(), addresses)
    assert.deepEqual(rejected, [])
    assert.deepEqual(final, { coverage: 'complete' })
  })

  test('keeps the contract', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const { pages } = await readAll(source, context, { pageSize: 50 })

    assert.deepEqual(findContractFaults(source, pages), [])
  })

  test('asks for a login, the list, the report and the ports of devices without an address', async ({
    assert,
    cleanup,
  }) => {
    const { context, simulator } = await openReading(cleanup)

    await readAll(source, context)

    const paths = simulator.requests.map((request) => request.split('?')[0])
    const ports = paths.filter((path) => path?.endsWith('/ports'))
    assert.deepEqual(paths.slice(0, 3), [
      'POST /login',
      'GET /api/v1/search/device',
      'GET /api/v1/report/device/deviceinventory',
    ])
    assert.isNotEmpty(ports)
    assert.isBelow(ports.length, 10)
    assert.lengthOf(paths, 3 + ports.length)
  })

  test('reads a large estate in pages of 500', async ({ assert, cleanup }) => {
    const devices = makeLab({ devices: 1400 }).map((device) => ({
      ...device,
      seenBy: { netdisco: true, librenms: true },
    }))
    const { context, simulator } = await openReading(cleanup, { devices })

    const { observations } = await readAll(source, context)

    const offsets = simulator.requests.flatMap((request) => /offset=(\d+)/.exec(request)?.[1] ?? [])
    assert.deepEqual(offsets, ['0', '500', '1000'])
    assert.lengthOf(devicesOf(observations), devices.length)
    assert.isAtMost(simulator.requests.filter((request) => request.includes('/ports')).length, 50)
  })

  test('sees the same in the same data', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const [first, second] = [await readAll(source, context), await readAll(source, context)]

    assert.deepEqual(withoutTimes(first.observations), withoutTimes(second.observations))
  })

  test('sees through an old server what it sees through a new one: {$self}')
    .with(['2.100', '2.079'] as const)
    .run(async ({ assert, cleanup }, release) => {
      const today = await openReading(cleanup)
      const then = await openReading(cleanup, { release })

      const [fresh, old] = [await readAll(source, today.context), await readAll(source, then.context)]

      assert.deepEqual(withoutTimes(old.observations), withoutTimes(fresh.observations))
      assert.deepEqual(old.final, { coverage: 'complete' })
    })

  test('keeps no SNMP community of an old server', async ({ assert, cleanup }) => {
    const { context, logged } = await openReading(cleanup, { release: '2.100' })

    const { pages } = await readAll(source, context)

    assert.notInclude(JSON.stringify([pages, logged]), 's1mulated-community')
  })

  test('works below a base path', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { path: '/netdisco' })

    const { observations } = await readAll(source, context)

    assert.lengthOf(devicesOf(observations), addresses.length)
    assert.match(observations[0]?.href ?? '', /\/netdisco\/device\?tab=details&q=/)
  })

  test('logs in again when the key expires in the middle', async ({ assert, cleanup }) => {
    const { context, simulator } = await openReading(cleanup, { usesPerKey: 2 })

    const { observations, final } = await readAll(source, context)

    const logins = simulator.requests.filter((request) => request === 'POST /login')
    assert.isAbove(logins.length, 1)
    assert.lengthOf(devicesOf(observations), addresses.length)
    assert.deepEqual(final, { coverage: 'complete' })
  })

  test('takes no end station for a device', async ({ assert, cleanup }) => {
    const { context, simulator } = await openReading(cleanup)

    const { observations } = await readAll(source, context)

    assert.isEmpty(simulator.requests.filter((request) => request.includes('/nodes')))
    assert.notInclude(JSON.stringify(observations), 'a483e7')
  })

  test('asks nothing more about a placeholder device', async ({ assert, cleanup }) => {
    const { context, simulator } = await openReading(cleanup)

    await readAll(source, context)

    const pseudo = listed.filter((device) => device.oddities.includes('pseudo'))
    assert.isNotEmpty(pseudo)
    for (const { views } of pseudo) {
      assert.isEmpty(simulator.requests.filter((request) => request.includes(`/${views.netdisco.ip}/`)))
    }
  })

  test('lists the members of every stack of the lab and leaves the stack without a serial', async ({
    assert,
    cleanup,
  }) => {
    const { context } = await openReading(cleanup)

    const { observations } = await readAll(source, context)

    for (const { views, members } of listed.filter((device) => device.members.length > 0)) {
      const ip = views.netdisco.ip
      const parts = observations.filter((seen) => seen.partOf?.nativeId === ip)
      const stack = observations.find((seen) => seen.nativeId === ip)
      assert.sameMembers(
        parts.map((part) => part.claims.serialNumber),
        members.map((member) => member.serial)
      )
      assert.isUndefined(stack?.claims.serialNumber)
    }
  })
})
