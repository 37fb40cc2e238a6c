import { test } from '@japa/runner'
import { SourceError } from '@laim/sdk'
import { makeLab } from '@laim/sdk/lab'
import { readAll } from '@laim/sdk/testing'
import type { NetdiscoFault } from '../simulator/netdisco_server.js'
import source from '../source.js'
import { openReading, type Reading } from './open_reading.js'

async function failureOf({ context }: Reading): Promise<SourceError> {
  try {
    await readAll(source, context)
  } catch (error) {
    if (SourceError.is(error)) return error
    throw error
  }
  throw new Error('The read did not fail')
}

test.group('Netdisco faults', () => {
  test('fails on {fault} with {code}')
    .with([
      { fault: 'html', code: 'E_NETDISCO_ANSWERED_PAGE', says: 'web page' },
      { fault: 'truncated', code: 'E_NETDISCO_BROKEN_JSON', says: 'cut off' },
      { fault: 'drops_accept', code: 'E_NETDISCO_REDIRECTED', says: 'Accept header' },
      {
        fault: 'drops_authorization',
        code: 'E_NETDISCO_KEY_REFUSED',
        says: 'Authorization header',
      },
      { fault: 'refuses_keys', code: 'E_NETDISCO_KEY_REFUSED', says: 'refused the key' },
      { fault: 'role_missing', code: 'E_NETDISCO_ROLE_MISSING', says: 'rights' },
      { fault: 'moved', code: 'E_NETDISCO_REDIRECTED', says: 'https://netdisco.example.org;' },
    ] as { fault: NetdiscoFault; code: string; says: string }[])
    .run(async ({ assert, cleanup }, { fault, code, says }) => {
      const error = await failureOf(await openReading(cleanup, { fault }))

      assert.equal(error.code, code)
      assert.include(error.message, says)
    })

  test('fails when an answer ends in the middle', async ({ assert, cleanup }) => {
    const error = await failureOf(await openReading(cleanup, { fault: 'cut' }))

    assert.include(['bad_payload', 'unreachable'], error.kind)
  })

  test('fails when the server does: {$self}')
    .with(['crash', 'crashing_list'] as NetdiscoFault[])
    .run(async ({ assert, cleanup }, fault) => {
      const error = await failureOf(await openReading(cleanup, { fault }))

      assert.equal(error.kind, 'unavailable')
      assert.equal(error.code, 'E_NETDISCO_CRASHED')
      assert.include(error.message, 'netdisco-web.log')
    })

  test('says that the allowed addresses of the user are the reason', async ({ assert, cleanup }) => {
    const error = await failureOf(await openReading(cleanup, { allowedIps: ['198.51.100.0/24'] }))

    assert.equal(error.code, 'E_NETDISCO_KEY_REFUSED')
    assert.include(error.message, 'allowed IPs')
  })

  test('says that the password is wrong and does not repeat it', async ({ assert, cleanup }) => {
    const reading = await openReading(cleanup, {}, { password: 'n0t-the-passw0rd' })

    const error = await failureOf(reading)

    assert.equal(error.code, 'E_NETDISCO_LOGIN_REFUSED')
    assert.notInclude(JSON.stringify([error, reading.logged]), 'n0t-the-passw0rd')
  })

  test('says that the address is not the one of Netdisco', async ({ assert, cleanup }) => {
    const reading = await openReading(cleanup, { path: '/netdisco' })
    const { origin } = new URL(reading.simulator.url)
    const elsewhere = await openReading(cleanup, {}, { baseUrl: `${origin}/inventory` })

    const error = await failureOf(elsewhere)

    assert.equal(error.code, 'E_NETDISCO_NOT_FOUND')
    assert.include(error.message, 'NETDISCO_API_URL')
  })

  test('takes an empty list for an empty list', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { fault: 'empty' })

    const { observations, final } = await readAll(source, context)

    assert.deepEqual(observations, [])
    assert.deepEqual(final, { coverage: 'complete' })
  })

  test('is not complete when the report cannot be read, and gives no serial to a stack', async ({
    assert,
    cleanup,
  }) => {
    const { context, logged } = await openReading(cleanup, { fault: 'crashing_report' })

    const { observations, final } = await readAll(source, context)

    const stacks = makeLab().filter((device) => device.seenBy.netdisco && device.members.length > 0)
    assert.equal(final?.coverage, 'partial')
    assert.match(final?.reason ?? '', /^Stacks could not be told apart: /)
    assert.include(logged.join(''), 'inventory report unreadable')
    for (const { views } of stacks) {
      const seen = observations.find((device) => device.nativeId === views.netdisco.ip)
      assert.isUndefined(seen?.claims.serialNumber)
    }
  })

  test('is not complete when the ports of a device cannot be read', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { fault: 'crashing_ports' })

    const { final } = await readAll(source, context)

    assert.equal(final?.coverage, 'partial')
    assert.match(final?.reason ?? '', /^The ports of some devices could not be read: /)
  })

  test('is not complete when the list is shorter than the report', async ({ assert, cleanup }) => {
    const { context } = await openReading(cleanup, { fault: 'short_pages' })

    const { observations, final } = await readAll(source, context)

    assert.isNotEmpty(observations)
    assert.equal(final?.coverage, 'partial')
    assert.match(final?.reason ?? '', /^The device list has 10 devices and the inventory report/)
  })

  test('ends when the server answers the same page for ever', async ({ assert, cleanup }) => {
    const devices = makeLab({ devices: 1200 }).map((device) => ({
      ...device,
      seenBy: { netdisco: true, librenms: true },
    }))
    const reading = await openReading(cleanup, { devices, fault: 'stuck_page' })

    const error = await failureOf(reading)

    assert.equal(error.code, 'E_NETDISCO_ENDLESS_PAGING')
  })
})
