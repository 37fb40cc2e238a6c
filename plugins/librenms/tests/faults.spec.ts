import { test } from '@japa/runner'
import { SourceError } from '@laim/sdk'
import { makeLab } from '@laim/sdk/lab'
import { readAll } from '@laim/sdk/testing'
import type { LibrenmsFault } from '../simulator/librenms_server.js'
import source from '../source.js'
import { openReading, type Reading } from './open_reading.js'

const LISTED = makeLab().filter((device) => device.seenBy.librenms)

async function failureOf({ context }: Reading): Promise<SourceError> {
  try {
    await readAll(source, context)
  } catch (error) {
    if (SourceError.is(error)) return error
    throw error
  }
  throw new Error('The read did not fail')
}

async function readWith(cleanup: Parameters<typeof openReading>[0], fault: LibrenmsFault) {
  const { context, simulator } = await openReading(cleanup, { fault })
  const read = await readAll(source, context)
  const devices = read.observations.filter(({ partOf }) => !partOf)
  return { ...read, devices, simulator }
}

test.group('LibreNMS faults', () => {
  test('fails on {fault} with {kind}, {code}')
    .with([
      { fault: 'html', kind: 'bad_payload', code: 'E_SOURCE_NOT_JSON' },
      { fault: 'cut', kind: 'bad_payload', code: 'E_SOURCE_CUT_OFF' },
      { fault: 'truncated', kind: 'bad_payload', code: 'E_SOURCE_CUT_OFF' },
      { fault: '500', kind: 'unavailable', code: 'E_SOURCE_UNAVAILABLE' },
      { fault: 'not_ok', kind: 'bad_payload', code: 'E_LIBRENMS_STATUS_NOT_OK' },
      { fault: 'count_differs', kind: 'bad_payload', code: 'E_LIBRENMS_COUNT_DIFFERS' },
      { fault: 'forbidden', kind: 'permission', code: 'E_LIBRENMS_FORBIDDEN' },
    ] as { fault: LibrenmsFault; kind: string; code: string }[])
    .run(async ({ assert, cleanup }, { fault, kind, code }) => {
      const failure = await failureOf(await openReading(cleanup, { fault }))

      assert.include({ kind: failure.kind, code: failure.code }, { kind, code })
    })

  test('says which setting to look at when the token is refused', async ({ assert, cleanup }) => {
    const failure = await failureOf(await openReading(cleanup, {}, { token: 'some-other-token' }))

    assert.equal(failure.code, 'E_LIBRENMS_TOKEN_REFUSED')
    assert.include(failure.message, 'LIBRENMS_API_TOKEN')
    assert.notInclude(failure.message, 'some-other-token')
  })

  test('says which setting to look at when nothing like LibreNMS answers', async ({ assert, cleanup }) => {
    const reading = await openReading(cleanup, { path: '/librenms' })
    const baseUrl = reading.simulator.url.replace('/librenms', '')
    const failure = await failureOf(await openReading(cleanup, {}, { baseUrl }))

    assert.equal(failure.kind, 'config')
    assert.include(failure.message, 'LIBRENMS_API_URL')
  })

  test('asks device by device when the list of all ports fails, and learns the same', async ({ assert, cleanup }) => {
    const devices = makeLab().slice(0, 60)
    const { context, simulator } = await openReading(cleanup, { devices })

    const whole = await readAll(source, context)
    simulator.setFault('ports_500')
    const single = await readAll(source, context)

    assert.deepEqual(single.observations, whole.observations)
    assert.equal(single.final?.coverage, 'complete')
  })

  test('asks 200 devices at most, those first that only an address can identify', async ({ assert, cleanup }) => {
    const { devices, final, simulator } = await readWith(cleanup, 'ports_500')

    const single = simulator.requests.filter((request) => /\/devices\/\d+\/ports\?/.test(request))
    assert.lengthOf(single, 200)
    assert.equal(final?.coverage, 'partial')
    const withoutMac = new Set(devices.filter(({ claims }) => !claims.macAddress).map(({ nativeId }) => nativeId))
    const unread = LISTED.filter(({ id, baseMac }) => baseMac && withoutMac.has(String(id)))
    assert.isNotEmpty(unread)
    assert.isTrue(unread.every(({ views }) => views.librenms.serial))
  })

  test('does the same when that list is cut off', async ({ assert, cleanup }) => {
    const { devices, simulator } = await readWith(cleanup, 'ports_cut')

    assert.lengthOf(devices, LISTED.length)
    assert.isTrue(simulator.requests.some((request) => /\/devices\/\d+\/ports\?/.test(request)))
  })

  test('keeps the devices and calls the read partial when no port can be read', async ({ assert, cleanup }) => {
    const { devices, final } = await readWith(cleanup, 'all_ports_500')

    assert.lengthOf(devices, LISTED.length)
    assert.equal(final?.coverage, 'partial')
    assert.match(final?.reason ?? '', /ports of \d+ devices/)
    assert.isTrue(devices.every(({ identifiers }) => !identifiers.some(({ kind }) => kind === 'mac')))
  })

  test('does not ask again and again for ports that it may not read', async ({ assert, cleanup }) => {
    const { devices, final, simulator } = await readWith(cleanup, 'ports_forbidden')

    assert.lengthOf(devices, LISTED.length)
    assert.equal(final?.coverage, 'partial')
    assert.lengthOf(
      simulator.requests.filter((request) => request.includes('ports')),
      1
    )
  })

  test('stops asking for inventories when the server fails, and claims no serial of a stack', async ({
    assert,
    cleanup,
  }) => {
    const { devices, observations, final, simulator } = await readWith(cleanup, 'inventory_500')

    const asked = new Set(simulator.requests.filter((request) => request.includes('/inventory/')))
    assert.lengthOf(asked, 1)
    assert.lengthOf(observations, devices.length)
    assert.equal(final?.coverage, 'partial')
    const stacks = LISTED.filter(({ members }) => members.length > 1)
    for (const { id } of stacks) {
      const seen = devices.find(({ nativeId }) => nativeId === String(id))
      assert.isUndefined(seen?.claims.serialNumber)
    }
  })

  test('goes on when single inventories are denied', async ({ assert, cleanup }) => {
    const { final, simulator } = await readWith(cleanup, 'inventory_denied')

    assert.isAbove(simulator.requests.filter((request) => request.includes('/inventory/')).length, 5)
    assert.equal(final?.coverage, 'partial')
  })

  test('reports half of the devices as what it is: a complete answer', async ({ assert, cleanup }) => {
    const { devices, final } = await readWith(cleanup, 'half')

    assert.lengthOf(devices, Math.floor(LISTED.length / 2))
    assert.equal(final?.coverage, 'complete')
  })
})
