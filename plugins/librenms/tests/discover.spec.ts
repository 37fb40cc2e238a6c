import { test } from '@japa/runner'
import { makeLab } from '@laim/sdk/lab'
import { findContractFaults, readAll } from '@laim/sdk/testing'
import source from '../source.js'
import { openReading } from './open_reading.js'

const LAB = makeLab()
const LISTED = LAB.filter((device) => device.seenBy.librenms)

test.group('LibreNMS read', () => {
  test('keeps the contract over the whole lab', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const { pages } = await readAll(source, context)

    assert.deepEqual(findContractFaults(source, pages), [])
  })

  test('yields every listed device once and says that it is complete', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const { observations, rejected, final } = await readAll(source, context)

    const devices = observations.filter(({ partOf }) => !partOf).map(({ nativeId }) => nativeId)
    assert.deepEqual(
      devices,
      LISTED.map(({ id }) => String(id))
    )
    assert.equal(final?.coverage, 'complete')
    assert.isEmpty(rejected)
  })

  test('asks twice, and once for each of the few whose inventory matters', async ({ assert, cleanup }) => {
    const { context, simulator } = await openReading(cleanup)

    await readAll(source, context)

    const [devices, ports, ...others] = simulator.requests
    assert.equal(devices, 'GET /api/v0/devices?order=device_id')
    assert.equal(
      decodeURIComponent(ports ?? ''),
      'GET /api/v0/ports?columns=device_id,ifIndex,ifName,ifType,ifPhysAddress'
    )
    assert.isTrue(others.every((request) => /^GET \/api\/v0\/inventory\/\d+\/all$/.test(request)))
    assert.isAtMost(others.length, 55)
    assert.equal(new Set(others).size, others.length)
  })

  test('yields the same observations from the same answers', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const first = await readAll(source, context)
    const second = await readAll(source, context)

    assert.deepEqual(second.observations, first.observations)
  })

  test('lets no SNMP secret out of the parser, nor the token', async ({ assert, cleanup }) => {
    const { context, logged, simulator } = await openReading(cleanup)

    const { pages } = await readAll(source, context)

    const kept = JSON.stringify(pages) + logged.join('')
    assert.notInclude(kept, 'canary')
    assert.notInclude(kept, simulator.config.token as string)
  })

  test('makes members of every stack of the lab', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)
    const stacks = LISTED.filter(({ members }) => members.length > 1)

    const { observations } = await readAll(source, context)

    const members = observations.filter(({ partOf }) => partOf).map(({ nativeId }) => nativeId)
    const expected = stacks.flatMap(({ id, members: all }) => all.map(({ serial }) => `${id}#${serial}`))
    assert.sameMembers(members, expected)
    for (const { id } of stacks) {
      const parent = observations.find(({ nativeId }) => nativeId === String(id))
      assert.isUndefined(parent?.claims.serialNumber)
    }
  })

  test('learns a serial from the inventory that the device list does not have', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)
    const hidden = LISTED.filter(({ oddities }) => oddities.includes('serial_only_in_inventory'))

    const { observations } = await readAll(source, context)

    assert.isNotEmpty(hidden)
    for (const { id, serial } of hidden) {
      const seen = observations.find(({ nativeId }) => nativeId === String(id))
      assert.equal(seen?.claims.serialNumber, serial)
    }
  })

  test('reads the answers of old database drivers as the same devices', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { numbersAsText: true })
    const { context: usual } = await openReading(cleanup)

    const old = await readAll(source, context)
    const today = await readAll(source, usual)

    assert.deepEqual(
      old.observations.map(({ href: _href, ...rest }) => rest),
      today.observations.map(({ href: _href, ...rest }) => rest)
    )
  })

  test('keeps to the page size that it is given', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup)

    const { pages, observations } = await readAll(source, context, { pageSize: 20 })

    assert.isTrue(pages.every((page) => page.observations.length <= 20))
    assert.isTrue(pages.slice(0, -1).every((page) => page.observations.length === 20))
    assert.isAbove(observations.length, LISTED.length)
  })

  test('says that an empty LibreNMS is empty', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { fault: 'empty' })

    const { observations, final } = await readAll(source, context)

    assert.isEmpty(observations)
    assert.equal(final?.coverage, 'complete')
  })

  test('works below a base path', async ({ assert, cleanup }) => {
    const { context, simulator } = await openReading(cleanup, { path: '/librenms', devices: LAB.slice(0, 5) })

    const { observations } = await readAll(source, context)

    assert.isNotEmpty(observations)
    assert.isTrue(simulator.requests.every((request) => request.startsWith('GET /librenms/api/v0/')))
    assert.equal(observations[0]?.href, `${simulator.url}/device/1`)
  })

  test('stops when the run is cancelled', async ({ assert, cleanup }) => {
    const { context, abort } = await openReading(cleanup)
    abort()

    await assert.rejects(() => readAll(source, context), /cancel/i)
  })
})
