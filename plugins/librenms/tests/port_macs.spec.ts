import { test } from '@japa/runner'
import { ports } from './rows.js'

test.group('LibreNMS port addresses', () => {
  test('shows the lowest address of a physical port', ({ assert }) => {
    const collected = ports(
      ['Vl1', 'propVirtual', '001b21000001'],
      ['Gi0/2', 'ethernetCsmacd', '001b21000012'],
      ['Gi0/1', 'ethernetCsmacd', '001b21000011']
    )

    assert.equal(collected.ownMac, '001b21000011')
    assert.deepEqual(collected.identifyingMacs, ['001b21000011', '001b21000012', '001b21000001'])
  })

  test('counts {mac} for nothing')
    .with([
      { mac: '000000000000' },
      { mac: 'ffffffffffff' },
      { mac: '01005e000001' },
      { mac: '00005e000165' },
      { mac: '00005e000265' },
      { mac: '00000c07ac41' },
      { mac: '00000c9ff041' },
      { mac: '' },
      { mac: 'no address' },
      { mac: '001b2100' },
    ])
    .run(({ assert }, { mac }) => {
      const collected = ports(['Gi0/1', 'ethernetCsmacd', mac])

      assert.isNull(collected.ownMac)
      assert.isEmpty(collected.identifyingMacs)
    })

  test('shows an address that somebody assigned only when there is no better one', ({ assert }) => {
    const guest = ports(['eth0', 'ethernetCsmacd', '525400aabbcc'])
    const host = ports(['docker0', 'ethernetCsmacd', '0242aabbccdd'], ['br0', 'bridge', '001b21000001'])

    assert.equal(guest.ownMac, '525400aabbcc')
    assert.isEmpty(guest.identifyingMacs)
    assert.equal(host.ownMac, '001b21000001')
  })

  test('leaves out world wide names and tunnels', ({ assert }) => {
    const collected = ports(
      ['0/1', 'fibreChannel', '50060b000001'],
      ['Tu0', 'tunnel', '001b21000009'],
      ['lo', 'softwareLoopback', '001b21000008']
    )

    assert.isNull(collected.ownMac)
  })

  test('reads addresses with separators and in capitals too', ({ assert }) => {
    assert.equal(ports(['eth0', 'ethernetCsmacd', '00:1B:21:00:00:01']).ownMac, '001b21000001')
  })

  test('keeps the 64 lowest of many, each once', ({ assert }) => {
    const rows = Array.from({ length: 500 }, (_, number) => {
      const mac = (0x001b21000000 + ((number * 7919) % 250)).toString(16).padStart(12, '0')
      return [`Gi0/${number}`, 'ethernetCsmacd', mac] as const
    })

    const macs = ports(...rows).identifyingMacs

    assert.lengthOf(macs, 64)
    assert.equal(macs[0], '001b21000000')
    assert.equal(macs[63], '001b2100003f')
    assert.deepEqual(macs, [...macs].sort())
  })

  test('counts the boxes that port names number', ({ assert }) => {
    const stack = ports(
      ['Gi1/0/1', 'ethernetCsmacd', ''],
      ['Gi2/0/1', 'ethernetCsmacd', ''],
      ['Te3/1/1', 'ethernetCsmacd', ''],
      ['Gi0/0', 'ethernetCsmacd', '']
    )

    assert.equal(stack.unitCount, 3)
    assert.equal(ports(['ge-0/0/1', 'ethernetCsmacd', '']).unitCount, 0)
  })
})
