import { join } from 'node:path'
import { test } from '@japa/runner'
import { findContractFaults, readAll, type WholeRead } from '@laim/sdk/testing'
import source from '../../plugins/librenms/source.js'
import { openContext } from '../../plugins/librenms/tests/open_reading.js'
import { readDevices, serveDevices, TOKEN, type RealDevice } from './real_librenms.js'

/*
| 608 devices as LibreNMS discovered them, served over loopback. They are no part of the repository: LAIM_REAL_DATA
| names the folder that holds them.
*/
const file = process.env.LAIM_REAL_DATA && join(process.env.LAIM_REAL_DATA, 'data/librenms-devices.jsonl')

const JUNK = ['UNKNOWN', 'N/A', 'NA', 'XXXXXX', '0000', '000000', '<PRIVATE>', 'UNAVAILABLE', '123456789']

test.group('LibreNMS with real devices', (group) => {
  group.each.skip(!file, 'LAIM_REAL_DATA is not set')

  let devices: RealDevice[]
  let requests: readonly string[]
  let read: WholeRead
  let again: WholeRead
  let logged: readonly string[]

  group.setup(async () => {
    if (!file) return
    devices = readDevices(file)
    const server = await serveDevices(devices)
    const undo: (() => Promise<void>)[] = [() => server.stop()]
    const opened = await openContext((step) => undo.push(step), { baseUrl: server.baseUrl, token: TOKEN })
    read = await readAll(source, opened.context)
    requests = [...server.requests]
    again = await readAll(source, opened.context)
    logged = opened.logged
    for (const step of undo.reverse()) await step()
  })

  test('yields one observation of every device, and calls the read complete', ({ assert }) => {
    const listed = read.observations.filter(({ partOf }) => !partOf).map(({ nativeId }) => nativeId)

    assert.sameMembers(
      listed,
      devices.map(({ device_id: id }) => String(id))
    )
    assert.equal(read.final?.coverage, 'complete')
    assert.isEmpty(read.rejected)
    assert.deepEqual(findContractFaults(source, read.pages), [])
  })

  test('asks no more than the recipe says', ({ assert }) => {
    const inventories = requests.filter((request) => request.includes('/inventory/'))

    assert.lengthOf(requests, 2 + inventories.length)
    assert.isAtMost(inventories.length, 50 + 20)
  })

  test('reads the same the second time', ({ assert }) => {
    assert.deepEqual(again.observations, read.observations)
  })

  test('keeps no secret', ({ assert }) => {
    assert.notInclude(JSON.stringify(read.pages), 'canary')
    assert.notInclude(logged.join(''), 'canary')
    assert.notInclude(logged.join(''), TOKEN)
  })

  test('claims no placeholder as a serial, and no member twice', ({ assert }) => {
    const serials = read.observations.flatMap(({ claims }) => claims.serialNumber ?? [])
    const members = read.observations.filter(({ partOf }) => partOf)

    assert.isEmpty(serials.filter((serial) => JUNK.includes(serial.toUpperCase())))
    assert.isAbove(members.length, 10)
    assert.equal(new Set(members.map(({ claims }) => claims.serialNumber)).size, members.length)
  })

  test('finds an own address wherever a port has one, and the vendor of most', ({ assert }) => {
    const share = (field: 'macAddress' | 'vendor') =>
      read.observations.filter(({ claims }) => claims[field]).length / devices.length
    const withAddress = devices.filter(({ ports }) => ports.some((port) => isAddress(port.ifPhysAddress)))

    assert.isAtLeast(share('macAddress'), (withAddress.length / devices.length) * 0.97)
    assert.isAtLeast(share('vendor'), 0.85)
  })
})

/** Neither all zero nor multicast. */
function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f][02468ace][0-9a-f]{10}$/.test(value) && !/^0+$/.test(value)
}
