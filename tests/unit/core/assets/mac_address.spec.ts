import { test } from '@japa/runner'
import { classifyMac, formatMacAddress, parseMacAddress } from '#core/assets/mac_address'

test.group('MAC address', () => {
  test('reads {0}')
    .with([
      '00:1b:21:3c:4d:5e',
      '00-1B-21-3C-4D-5E',
      '001b.213c.4d5e',
      '001b213c4d5e',
      '001B21-3C4D5E',
      '0:1b:21:3c:4d:5e',
      ' 00 1b 21 3c 4d 5e ',
      '0x001B213C4D5E',
    ])
    .run(({ assert }, notation) => {
      assert.equal(parseMacAddress(notation), '001b213c4d5e')
    })

  test('takes {0} for no address')
    .with([
      '',
      'zz',
      '00:1b:21:3c:4d',
      '00:1b:21:3c:4d:5e:6f',
      '1.2.3.4.5.6',
      '0-01b213c4d5e',
      '00:00:00:00:00:00',
      'ff:ff:ff:ff:ff:ff',
      '01:00:5e:00:00:01',
      'not-a-mac-addr',
      'a'.repeat(1_000_000),
    ])
    .run(({ assert }, text) => {
      assert.isNull(parseMacAddress(text))
    })

  test('survives every type', ({ assert }) => {
    for (const input of [null, undefined, 12, {}, [], true, Symbol('x'), Number.NaN, 5n]) {
      assert.isNull(parseMacAddress(input))
      assert.equal(classifyMac(input), 'malformed')
    }
  })

  test('says that {mac} is {kind}')
    .with([
      { mac: '000000000000', kind: 'zero' },
      { mac: 'ffffffffffff', kind: 'broadcast' },
      { mac: '01:00:5e:00:00:01', kind: 'multicast' },
      { mac: '00:00:5e:00:01:0a', kind: 'virtual' },
      { mac: '00:00:5e:00:02:0a', kind: 'virtual' },
      { mac: '00:00:0c:07:ac:01', kind: 'virtual' },
      { mac: '00:00:0c:9f:f1:23', kind: 'virtual' },
      { mac: '00:05:73:a0:00:01', kind: 'virtual' },
      { mac: '00:07:b4:00:01:01', kind: 'virtual' },
      { mac: '02:42:ac:11:00:02', kind: 'docker' },
      { mac: '52:54:00:12:34:56', kind: 'hypervisor' },
      { mac: '00:50:56:aa:bb:cc', kind: 'hypervisor' },
      { mac: 'a2:00:00:00:00:01', kind: 'local' },
      { mac: '00:1b:21:3c:4d:5e', kind: 'physical' },
      { mac: 'zz', kind: 'malformed' },
    ])
    .run(({ assert }, { mac, kind }) => {
      assert.equal(classifyMac(mac), kind)
    })

  test('is shown in upper case with colons', ({ assert }) => {
    assert.equal(formatMacAddress('001b213c4d5e'), '00:1B:21:3C:4D:5E')
  })
})
