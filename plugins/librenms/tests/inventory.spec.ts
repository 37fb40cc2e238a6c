import { test } from '@japa/runner'
import { makeLab, type LabDevice } from '@laim/sdk/lab'
import { readAll } from '@laim/sdk/testing'
import source from '../source.js'
import { openReading } from './open_reading.js'

const [PATTERN] = makeLab().filter(({ oddities }) => oddities.includes('serial_only_in_inventory'))

/** Devices 1 to `count` whose serial only the inventory tells. */
function devices(count: number): LabDevice[] {
  return Array.from({ length: count }, (_, index) => ({
    ...PATTERN!,
    id: index + 1,
    hostname: `sw-${index + 1}.lab.example`,
    sysName: `sw-${index + 1}`,
    ip: `10.9.${Math.floor(index / 200)}.${(index % 200) + 1}`,
    serial: `FOC2411X${String(index + 1).padStart(3, '0')}`,
    baseMac: null,
    interfaces: [],
  }))
}

test.group('LibreNMS inventory of devices without serial', () => {
  test('asks the same ones while others are not listed, and others when they are gone', async ({ assert, cleanup }) => {
    const all = devices(80)
    const read = async (listed: LabDevice[], asked?: string[]) => {
      const { context } = await openReading(cleanup, { devices: listed })
      const { observations, final } = await readAll(source, context, asked && { since: { asked } })
      const withSerial = observations
        .filter(({ claims }) => claims.serialNumber)
        .map(({ nativeId }) => Number(nativeId))
      return { withSerial, asked: final!.next!.asked }
    }
    const first = await read(all)
    const odd = all.filter(({ id }) => id % 2 === 1)
    const half = await read(odd, first.asked)
    const whole = await read(all, first.asked)
    const later = await read(odd, half.asked)

    const ids = (list: LabDevice[]) => list.map(({ id }) => id)
    assert.deepEqual(first.withSerial, ids(all.slice(0, 50)))
    assert.deepEqual(half.withSerial, ids(odd.slice(0, 25)))
    assert.deepEqual(whole.withSerial, first.withSerial)
    assert.deepEqual(later.withSerial, ids(odd))
  })

  test('gives the place of one that tells its serial by itself to another', async ({ assert, cleanup }) => {
    const [first, ...others] = devices(51)
    const { views, serial } = first!
    const telling = { ...first!, views: { ...views, librenms: { ...views.librenms, serial } } }
    const { context } = await openReading(cleanup, { devices: [telling, ...others] })

    const asked = Array.from({ length: 50 }, (_, index) => String(index + 1))
    const { final } = await readAll(source, context, { since: { asked } })

    assert.deepEqual(
      final!.next!.asked,
      others.map(({ id }) => String(id))
    )
  })
})
