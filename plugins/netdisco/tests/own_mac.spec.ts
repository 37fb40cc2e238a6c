import { test } from '@japa/runner'
import { findAssignedMac, findBaseMac, findPortMacs } from '../own_mac.js'
import { parsePort } from '../schema.js'
import { fixtureDevice, readFixture } from './fixtures.js'
import { normalizers as normalize } from '#services/sources/normalizers'

test.group('Netdisco addresses', () => {
  test("takes the device's own address", ({ assert }) => {
    assert.equal(findBaseMac(fixtureDevice('192.0.2.11'), normalize), '001b547c1080')
  })

  test('takes no address that several devices share or that names nobody: {$self}')
    .with([
      null,
      '00:00:00:00:00:00',
      'ff:ff:ff:ff:ff:ff',
      '01:00:5e:00:00:01',
      '00:00:5e:00:01:0a',
      '00:00:5e:00:02:0a',
      '00:00:0c:07:ac:01',
      '00:00:0c:9f:f0:01',
      '00:07:b4:00:01:01',
      '00:05:73:a0:00:01',
    ])
    .run(({ assert }, mac) => {
      const device = { ...fixtureDevice('192.0.2.11'), mac }

      assert.isNull(findBaseMac(device, normalize))
      assert.isNull(findAssignedMac(device, normalize))
    })

  test('tells an address that somebody assigned from one of the maker', ({ assert }) => {
    const accessPoint = fixtureDevice('192.0.2.33')

    assert.isNull(findBaseMac(accessPoint, normalize))
    assert.equal(findAssignedMac(accessPoint, normalize), '06ecda102030')
  })

  test('takes physical ports only, lowest first, whatever their order', ({ assert }) => {
    const ports = readFixture('device_ports')
      .map(parsePort)
      .filter((port) => port !== null)

    const macs = findPortMacs(ports, normalize)

    assert.deepEqual(macs, ['001b54f10001', '001b54f10002'])
    assert.deepEqual(findPortMacs(ports.toReversed(), normalize), macs)
  })
})
